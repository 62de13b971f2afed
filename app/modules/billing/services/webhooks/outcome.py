"""What a handler of events is given, and what it answers."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.contracts.tenants import Owner
from app.kit.db import UnitOfWork
from app.modules.billing.models import EventStatus, IgnoredBecause


@dataclass(frozen=True, slots=True)
class Event:
    """An event of Stripe; `object` as its version of the API shows it, `fetched` what was asked.

    `created_at` is Stripe's business time.
    """

    event_id: str
    type: str
    created_at: datetime
    object: Mapping[str, Any]
    fetched: Any = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """How an event ended, whose it was, and which subscription has to be fetched now."""

    status: EventStatus
    owner: Owner | None = None
    message: str | None = None
    sync: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Handler:
    """`apply` works in the unit that closes its events, and answers for each of them.

    `ask` may call Stripe before it, about one (S2).
    """

    apply: Callable[[UnitOfWork, Sequence[Event]], list[Outcome]]
    ask: Callable[[Event], Any] | None = None


def each(
    apply: Callable[[UnitOfWork, Event], Outcome],
) -> Callable[[UnitOfWork, Sequence[Event]], list[Outcome]]:
    """Return what works on several events one after the other."""
    return lambda work, events: [apply(work, one) for one in events]


def processed(owner: Owner, *sync: str | None) -> Outcome:
    """Answer that an event took effect; named subscriptions are fetched."""
    return Outcome(EventStatus.PROCESSED, owner, sync=tuple(one for one in sync if one))


def ignored(why: IgnoredBecause = IgnoredBecause.OF_NOBODY) -> Outcome:
    """Answer that an event tells us nothing, and why."""
    return Outcome(EventStatus.IGNORED, message=why)
