"""The product as a process of its own, with demo data on SQLite in a folder of its own."""

import os
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread

from devtools.paths import PYTHON, ROOT

READY = "Ready: "
START_SECONDS = 300  # the first start plays a year at the sandbox
OWN_SETTINGS = ("DATABASE_URL", "BASE_URL", "SMTP_URL", "JOBS", "MODULES_DISABLED")
PASSWORD = "demo-demo"  # noqa: S105 - the product prints it at every start


class Demo:
    """A running demo: where it answers, and what it says there is to warn of."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.address = ""
        self.warnings: list[str] = []
        self._process = process
        self._told: list[str] = []
        self._ready = Event()
        self._reader = Thread(target=self._read)
        self._reader.start()

    def wait(self) -> None:
        """Return once it is ready. Raises RuntimeError with its words if it does not start."""
        self._ready.wait(START_SECONDS)
        if not self.address:
            raise RuntimeError(f"the demo did not start:\n{''.join(self._told)}")

    def stop(self) -> None:
        """End it politely."""
        self._process.terminate()
        self._reader.join()

    def _read(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            if self.address:
                self.warnings.append(line)
            elif line.startswith(READY):
                self.address = line.removeprefix(READY).strip()
                self._ready.set()
            else:
                self._told.append(line)
        self._ready.set()


@contextmanager
def running_demo(folder: Path) -> Iterator[Demo]:
    """Start the demo on a free port, yield once it is ready, and stop it at the end."""
    command = [str(PYTHON), "-m", "app.cli.main", "demo"]
    command += ["--data", str(folder), "--port", str(_free_port())]
    with subprocess.Popen(
        command,
        cwd=ROOT,
        env=_environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        demo = Demo(process)
        try:
            demo.wait()
            yield demo
        finally:
            demo.stop()


def _environment() -> dict[str, str]:
    """This process's environment, without what would point the demo elsewhere."""
    kept = {name: value for name, value in os.environ.items() if name not in OWN_SETTINGS}
    return kept | {"PYTHONUNBUFFERED": "1"}


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])
