"""Background work by name; whichever engine there is lets it take its turns."""

from collections.abc import Callable
from typing import Protocol

import structlog
from sqlalchemy.exc import OperationalError

from app.kit.clocks import pin_business_time
from app.kit.error_text import error_text

Turn = Callable[[], bool]
"""A piece of work; True while there is more. Any number of processes may take turns at once."""

JOBS_TURN = "jobs"
JOB_THREADS = 2  # one long job does not keep the others waiting
POLL_S = 1.0

_log = structlog.get_logger(__name__)


class Engine(Protocol):
    """What lets background work take its turns."""

    def start(self) -> None:
        """Begin; what is due is found without being asked for."""

    def stop(self, timeout_s: float = 30.0) -> bool:
        """Finish what runs and begin nothing more; False when something outlasted the timeout."""

    def wake(self, turn: str) -> None:
        """Let a turn work soon; called after the commit of what it is to work on."""


def threads_of(name: str) -> int:
    """How many threads of one process may take this turn at the same time."""
    return JOB_THREADS if name == JOBS_TURN else 1


def take_turn(name: str, turn: Turn) -> bool:
    """Take one turn at the present business time; an error is logged and ends it."""
    try:
        pin_business_time()
        return turn()
    except OperationalError as away:  # the database is: where, its trace would not tell
        _log.error("background_turn_failed", turn=name, error=error_text(away))
        return False
    except Exception:  # noqa: BLE001 - one bad turn must not end whoever takes them
        _log.exception("background_turn_failed", turn=name)
        return False
