"""When to move business time to."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from app.contracts.tenants import Owner
from app.kit.db import UnitOfWork
from app.kit.errors import InvalidInput
from app.modules.billing.exceptions import ClockOnlyForward, NothingAhead
from app.modules.billing.repositories import clock_rows

LONGEST_MOVE = timedelta(days=5 * 366)
# A bill stays a draft for an hour; who goes to a renewal wants to see it paid.
AFTERMATH = timedelta(hours=2)


class Moment(StrEnum):
    """Moments that somebody who tries the product out wants to see."""

    TRIAL_END = "trial_end"
    NEXT_RENEWAL = "next_renewal"


@dataclass(frozen=True, slots=True)
class Instant:
    """To that very time."""

    at: datetime


@dataclass(frozen=True, slots=True)
class Days:
    """So many days ahead."""

    count: int


@dataclass(frozen=True, slots=True)
class Until:
    """To a moment of one merchant on a platform; without one, to the earliest of all."""

    moment: Moment
    owner: Owner | None = None


Wish = Instant | Days | Until


def target_of(work: UnitOfWork, wish: Wish, now: datetime) -> datetime:
    """Return when a wish leads to, in whole seconds.

    Raises ClockOnlyForward, NothingAhead, InvalidInput (further than five years).
    """
    target = _exact_target(work, wish, now)
    if target <= now:
        raise ClockOnlyForward
    if target > now + LONGEST_MOVE:
        raise InvalidInput.at("/to", "too_far_ahead")
    return target.replace(microsecond=0) + timedelta(seconds=bool(target.microsecond))


def _exact_target(work: UnitOfWork, wish: Wish, now: datetime) -> datetime:
    match wish:
        case Instant(at):
            return at
        case Days(count):
            return now + timedelta(days=count)
        case Until(moment, owner):
            return _moment(work, moment, owner, now) + AFTERMATH


def _moment(work: UnitOfWork, moment: Moment, owner: Owner | None, now: datetime) -> datetime:
    find = {
        Moment.TRIAL_END: clock_rows.next_trial_end,
        Moment.NEXT_RENEWAL: clock_rows.next_renewal,
    }[moment]
    found = find(work.session, owner, now)
    if found is None:
        raise NothingAhead
    return found
