"""Servers in processes of their own, which answer on ports of this machine."""

import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import httpx

from app.kit.ports import listen_from, port_of

LOOK_EVERY_S = 0.3
Command = Sequence[str | Path]


@contextmanager
def server(module: str, *arguments: str) -> Iterator[int]:
    """Run a module of the benchmarks, with its port as second argument; yields the port."""
    port = a_free_port()
    first, *others = arguments
    with answering([sys.executable, "-m", f"benchmarks.{module}", first, str(port), *others], port):
        yield port


@contextmanager
def answering(
    command: Command, port: int, *, env: Mapping[str, str] | None = None
) -> Iterator[None]:
    """Run a server from when it answers to the end of the block. Raises RuntimeError if not."""
    with subprocess.Popen(command, env=env) as process:
        try:
            _wait_for(port, process)
            yield
        finally:
            process.terminate()


def a_free_port() -> int:
    """Return a port on which nobody listens just now."""
    with listen_from("127.0.0.1", 18_000) as probe:
        return port_of(probe)


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    with httpx.Client() as http:
        while process.poll() is None:
            try:
                http.get(f"http://127.0.0.1:{port}/healthz")
            except httpx.TransportError:
                time.sleep(LOOK_EVERY_S)
            else:
                return
    raise RuntimeError("the server ended before it answered")
