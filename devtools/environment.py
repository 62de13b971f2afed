"""The Python environment `.venv`, installed exactly from the hash-pinned locks."""

import json
import shutil
import sys
from collections.abc import Iterable

from devtools.locked import locked
from devtools.paths import PYTHON, REQUIREMENTS, ROOT, VENV
from devtools.processes import run
from devtools.stamps import fingerprint
from devtools.uv import find_uv

STAMP = VENV / "locks.json"
SCRIPT = """\
#!{python}
import sys

from app.cli.main import app

sys.exit(app())
"""


def ensure_environment(*groups: str) -> None:
    """Make sure `.venv` holds these lock groups (`runtime`, `dev`, `docs`).

    Groups add up: what an earlier command asked for stays installed. Costs a few milliseconds
    when nothing has changed. Raises Failure when something cannot be installed.
    """
    if _holds(groups):
        return
    with locked("install"):
        if not _holds(groups):
            _install(sorted({*groups, *_installed()}))


def _holds(groups: Iterable[str]) -> bool:
    installed = _installed()
    return PYTHON.exists() and all(
        installed.get(group) == _lock_fingerprint(group) for group in groups
    )


def _installed() -> dict[str, str]:
    try:
        return dict(json.loads(STAMP.read_text()))
    except (FileNotFoundError, ValueError):
        return {}


def _lock_fingerprint(group: str) -> str:
    # The path counts because scripts in the environment name it: a moved tree is installed anew.
    return fingerprint([REQUIREMENTS / f"{group}.txt"], str(ROOT))


def _install(groups: list[str]) -> None:
    print(f"Installing the Python environment ({', '.join(groups)}) …", flush=True)
    uv = find_uv()
    if not PYTHON.exists():
        shutil.rmtree(VENV, ignore_errors=True)
        run([uv, "venv", "--quiet", "--python", sys.executable, VENV], "Making .venv")
    STAMP.unlink(missing_ok=True)
    locks = [REQUIREMENTS / f"{group}.txt" for group in groups]
    sync = (uv, "pip", "sync", "--quiet", "--require-hashes", "--no-build", "--python", PYTHON)
    run([*sync, *locks], "Installing the Python packages")
    _link_tree()
    STAMP.write_text(json.dumps({group: _lock_fingerprint(group) for group in groups}))


def _link_tree() -> None:
    """Make the tree importable from anywhere in the environment, with its `tierline` script."""
    (site_packages,) = VENV.glob("lib/python3*/site-packages")
    (site_packages / "tierline.pth").write_text(f"{ROOT}\n")
    script = VENV / "bin" / "tierline"
    script.write_text(SCRIPT.format(python=PYTHON))
    script.chmod(0o755)
