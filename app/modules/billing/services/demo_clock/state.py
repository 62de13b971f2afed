"""What time it is, and where it is going."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from app.kit.clocks import business_now
from app.kit.db import UnitOfWork, unit_of_work
from app.modules.billing.repositories import clock_rows


@dataclass(frozen=True, slots=True)
class ClockState:
    """Business time; `target` while it moves, `error` the code of what ended the last move."""

    now: datetime
    target: datetime | None
    error: str | None


def clock_state(work: UnitOfWork) -> ClockState:
    """Read the state of business time."""
    move = clock_rows.find_move(work.session)
    if move is None:
        return ClockState(business_now(), None, None)
    return ClockState(business_now(), move.target, move.error)


def days_lie_ahead() -> bool:
    """Whether business time is being moved and has a day or more to go."""
    with unit_of_work(read_only=True) as work:
        state = clock_state(work)
    return state.target is not None and state.target - state.now >= timedelta(days=1)
