"""Telling all processes at once."""

from collections.abc import Callable
from threading import Event
from typing import Protocol

Hear = Callable[[str], None]


class Broadcast(Protocol):
    """Texts from one process to all, the teller's own included; some may be lost."""

    def tell(self, channel: str, text: str) -> None:
        """Tell whoever listens at this moment, if they can be reached."""

    def listen(self, channel: str, hear: Hear, stop: Event) -> None:
        """Call `hear` with each text until `stop` is set; what it raises ends the listening."""


_broadcast: Broadcast | None = None


def configure_broadcast(broadcast: Broadcast | None) -> None:
    """Install how processes tell each other; None where they cannot."""
    global _broadcast
    _broadcast = broadcast


def broadcast() -> Broadcast | None:
    """Return how processes tell each other."""
    return _broadcast
