"""A PostgreSQL of our own on a socket in a temporary folder, as root too, gone at the end."""

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from devtools.failure import Failure
from devtools.paths import CACHE
from devtools.services.account import Account
from devtools.services.waiting import stop, wait_until_ready

SUPERUSER = "postgres"
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
def own_server(programs: Path, account: Account) -> Iterator[str]:
    """Start a server as this account; its URL for as long as the block runs.

    Raises Failure with the server's own words when it does not start.
    """
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
