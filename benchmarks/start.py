"""How long the second `python3 dev.py demo` takes until it has answered with its first page.

A first start makes the environment, the front end and the demo's data in a folder of its own and is
not timed. Then the best of three starts counts: on a shared machine the others tell of its load.
"""

import importlib
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from benchmarks._report import Figure, report
from devtools.paths import ROOT

READY = "Ready: "
STARTS = 3
GOAL_S = 5.0


def main() -> int:
    """Measure and report; returns the exit code."""
    with tempfile.TemporaryDirectory() as folder:
        with demo(Path(folder)):
            pass
        seconds = min(first_page_s(Path(folder)) for _ in range(STARTS))
    figure = Figure("second start to first page", "s", seconds, GOAL_S)
    return report("start", [figure], profiled=lambda: importlib.import_module("app.cli.main"))


def first_page_s(folder: Path) -> float:
    """Seconds from the command to the page for signing in."""
    began = time.perf_counter()
    with demo(folder) as address:
        httpx.get(f"{address}/login").raise_for_status()
        return time.perf_counter() - began


@contextmanager
def demo(folder: Path) -> Iterator[str]:
    """Run the command as a person does; yields the address it announces."""
    command = [sys.executable, "dev.py", "demo", "--data", str(folder)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            lines = (line for line in process.stdout if line.startswith(READY))
            yield next(lines).removeprefix(READY).strip()
        finally:
            process.terminate()


if __name__ == "__main__":
    sys.exit(main())
