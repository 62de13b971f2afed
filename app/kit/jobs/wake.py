"""Letting a turn of this process's runner work now instead of at its next poll."""

from collections.abc import Callable


def nobody(_turn: str) -> None:
    """No runner works in this process; another one polls."""


_wake: Callable[[str], None] = nobody


def configure_wake(wake: Callable[[str], None]) -> None:
    """Install what wakes a turn by its name."""
    global _wake
    _wake = wake


def wake(turn: str) -> None:
    """Wake a turn; to be called after the commit of what it is to work on."""
    _wake(turn)
