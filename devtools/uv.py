"""The installer: the machine's own uv, else one that pip puts into a small boot environment."""

import functools
import shutil
import sys
from pathlib import Path

from devtools.failure import Failure
from devtools.paths import CACHE, REQUIREMENTS
from devtools.processes import run
from devtools.stamps import fingerprint, is_fresh, leave

BOOT = CACHE / "boot"


@functools.cache
def find_uv() -> Path:
    """A uv that works.

    Raises Failure when the machine has none and none can be installed.
    """
    system = shutil.which("uv")
    if system is not None and _answers(Path(system)):
        return Path(system)
    return _boot_uv()


def _answers(uv: Path) -> bool:
    try:
        run([uv, "--version"], "Asking uv for its version")
    except (Failure, OSError):  # a version manager's shim may be in the path without a uv behind it
        return False
    return True


def _boot_uv() -> Path:
    lock = REQUIREMENTS / "boot.txt"
    stamp = BOOT / "stamp"
    inputs = fingerprint([lock], sys.version)
    uv = BOOT / "bin" / "uv"
    if is_fresh(stamp, inputs) and uv.exists():
        return uv
    shutil.rmtree(BOOT, ignore_errors=True)
    what = "Making the boot environment (on Debian and Ubuntu it needs the package python3-venv)"
    run([sys.executable, "-m", "venv", BOOT], what)
    pip = (BOOT / "bin" / "python", "-m", "pip", "install", "--quiet")
    run([*pip, "--require-hashes", "--only-binary=:all:", "-r", lock], "Installing uv")
    leave(stamp, inputs)
    return uv
