"""Running what has become due at once, for whoever moves business time (S21)."""

from collections.abc import Callable
from datetime import datetime

Run = Callable[[datetime], bool]


def nobody(_until: datetime) -> bool:
    """No runner works in this process; another one finds by itself what is due."""
    return True


_run: Run = nobody


def configure_slots(run: Run) -> None:
    """Install what runs the slots of this process's jobs."""
    global _run
    _run = run


def run_slots(until: datetime) -> bool:
    """Run every slot up to `until`, business time, in order; False when some are still at work."""
    return _run(until)
