"""A PostgreSQL server for the tests: one that runs already, else one started for a while."""

import os
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

from devtools.failure import Failure
from devtools.paths import PYTHON, ROOT
from devtools.services.account import server_account
from devtools.services.postgres_process import SUPERUSER, own_server
from devtools.services.postgres_programs import find_programs

LOCAL_PORT = 5432


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
        with own_server(find_programs(), server_account()) as url:
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
