"""The Stripe sandbox beside a demo: a process of its own that ends with the demo."""

import secrets
import socket
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from threading import Thread

from app.kit.ports import port_of
from app.kit.settings import SettingsError
from sandbox.wire.keys import LiveKeyError, refuse_live_key

HOST = "127.0.0.1"
WANTED_PORT = 12111
DEMO_KEY = "sk_test_tierline_demo"
DEMO_PUBLISHABLE_KEY = "pk_test_tierline_demo"
WEBHOOK_PATH = "/api/v1/webhooks/stripe"
ROOT = Path(__file__).parents[2]


class DemoSandbox:
    """A sandbox on a port of this machine, its state in the demo's folder.

    It takes the listening socket over; the caller closes its own end. It holds the other end of a
    pipe: when the demo ends, even by `kill -9`, the sandbox ends too.
    """

    def __init__(
        self, data: Path, listening: socket.socket, *, webhook: str, days_behind: int = 0
    ) -> None:
        self.url = f"http://{HOST}:{port_of(listening)}"
        self._secret = f"whsec_{secrets.token_hex(16)}"
        command = [sys.executable, "-m", "sandbox", "--stop-with-input"]
        command += ["--listening", str(listening.fileno())]
        command += ["--data", str(data / "sandbox.sqlite3")]
        command += ["--days-behind", str(days_behind)]  # for a new file alone
        command += ["--webhook", webhook, "--webhook-secret", self._secret]
        self._process = subprocess.Popen(
            command,
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            pass_fds=[listening.fileno()],
            start_new_session=True,  # Ctrl-C is for the demo, which then ends the sandbox
        )

    def settings(self, given: Mapping[str, str]) -> dict[str, str]:
        """Return what the product has to be told; keys in `given` are kept, its secrets added."""
        others = given.get("STRIPE_WEBHOOK_SECRET")
        return {
            "STRIPE_API_BASE": self.url,
            "STRIPE_SECRET_KEY": given.get("STRIPE_SECRET_KEY") or DEMO_KEY,
            "STRIPE_PUBLISHABLE_KEY": given.get("STRIPE_PUBLISHABLE_KEY") or DEMO_PUBLISHABLE_KEY,
            "STRIPE_WEBHOOK_SECRET": f"{self._secret},{others}" if others else self._secret,
        }

    def wait(self) -> None:
        """Return once it answers. Raises SettingsError when it ended instead."""
        assert self._process.stdout is not None
        for line in self._process.stdout:
            if line.startswith("Ready:"):
                return
        raise SettingsError(f"The sandbox did not start at {self.url}; its message is above.")

    def when_ended(self, tell: Callable[[], None]) -> None:
        """Call `tell`, from another thread, as soon as the sandbox has ended."""

        def watch() -> None:
            self._process.wait()
            tell()

        Thread(target=watch, name="demo-sandbox", daemon=True).start()

    def stop(self) -> None:
        """End it and wait until its file is closed."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait()
        self._process.stdout.close()


def refuse_live_keys(given: Mapping[str, str]) -> None:
    """Raise SettingsError when the environment holds a live key (S17)."""
    try:
        for name in ("STRIPE_SECRET_KEY", "STRIPE_PUBLISHABLE_KEY"):
            refuse_live_key(name, given.get(name))
    except LiveKeyError as live:
        raise SettingsError(str(live)) from None
