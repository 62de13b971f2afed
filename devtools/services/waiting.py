"""Waiting for a started server to answer, and ending it."""

import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

from devtools.failure import Failure

START_SECONDS = 60.0
STOP_SECONDS = 10.0
LOG_LINES = 15


def wait_until_ready(
    process: "subprocess.Popen[bytes]",
    is_ready: Callable[[], bool],
    *,
    name: str,
    log: Path,
    patience_s: float = START_SECONDS,
) -> None:
    """Return once the server answers.

    Raises Failure with the end of its log when it dies or stays silent.
    """
    deadline = time.monotonic() + patience_s
    while not is_ready():
        if process.poll() is not None or time.monotonic() > deadline:
            lines = log.read_text(errors="replace").splitlines()[-LOG_LINES:]
            raise Failure("\n".join([f"{name} did not start:", *lines]))
        time.sleep(0.02)


def stop(process: "subprocess.Popen[bytes]", how: signal.Signals) -> None:
    """End the server: politely, then for sure."""
    if process.poll() is not None:
        return
    process.send_signal(how)
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
