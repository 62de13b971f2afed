"""Beginning to move business time."""

from app.kit import jobs
from app.kit.clocks import business_now
from app.kit.db import UnitOfWork
from app.modules.billing.exceptions import ClockMoving
from app.modules.billing.repositories import clock_rows
from app.modules.billing.services.demo_clock.state import ClockState
from app.modules.billing.services.demo_clock.target import Wish, target_of

CLOCK_TURN = "demo-clock"


def begin_move(work: UnitOfWork, wish: Wish) -> ClockState:
    """Note where business time is to go; it goes there in the background, step by step (S21).

    Raises ClockMoving (a move is under way), and as `target_of`.
    """
    move = clock_rows.lock_move(work.session)
    if move.target is not None:
        raise ClockMoving
    now = business_now()
    move.target, move.error = target_of(work, wish, now), None
    work.after_commit(lambda: jobs.wake(CLOCK_TURN))
    return ClockState(now, move.target, None)
