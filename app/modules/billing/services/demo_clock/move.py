"""Carrying a move of business time out: one turn is one step, of a day at most (S21)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from app.kit.clocks import system_now
from app.kit.db import UnitOfWork, unit_of_work
from app.kit.errors import AppError
from app.modules.billing.models import ClockMove
from app.modules.billing.repositories import clock_rows
from app.modules.billing.services.demo_clock.existence import has_demo_clock
from app.modules.billing.services.demo_clock.step import take_step

LEASE = timedelta(minutes=3)  # longer than the slowest step

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class _Claim:
    target: datetime
    number: int


def move_clock() -> bool:
    """Take one step of the move that is wanted; True when there are more.

    A process that is killed in between loses its lease, and another one, or its successor, goes
    on. What goes wrong ends the move and is told by `clock_state`.
    """
    if not has_demo_clock() or not _is_wanted():
        return False
    with unit_of_work() as work:
        claim = _claim(work)
    if claim is None:
        return False
    try:
        arrived = take_step(claim.target)
    except Exception as error:  # noqa: BLE001 - whatever it is, the move ends and says so
        _log.exception("clock_move_failed", target=claim.target.isoformat())
        return _release(claim, arrived=True, error=getattr(error, "code", AppError.code))
    return _release(claim, arrived=arrived)


def _is_wanted() -> bool:
    with unit_of_work(read_only=True) as work:
        move = clock_rows.find_move(work.session)
        return move is not None and move.target is not None


def _claim(work: UnitOfWork) -> _Claim | None:
    move = clock_rows.lock_move(work.session)
    if move.target is None or _is_held(move):
        return None
    move.claim += 1
    move.claimed_until = system_now() + LEASE
    return _Claim(move.target, move.claim)


def _is_held(move: ClockMove) -> bool:
    return move.claimed_until is not None and move.claimed_until > system_now()


def _release(claim: _Claim, *, arrived: bool, error: str | None = None) -> bool:
    """Give the lease back unless somebody has taken it over; True when there are more steps."""
    with unit_of_work() as work:
        move = clock_rows.lock_move(work.session)
        if move.claim != claim.number:
            return False
        move.claimed_until = None
        if arrived:
            move.target, move.error = None, error
    return not arrived
