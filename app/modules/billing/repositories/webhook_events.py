"""The inbox of webhooks; all times but Stripe's are system time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, bindparam, null, or_, select, update
from sqlalchemy.orm import Session

from app.kit.pagination import Page, PageRequest, Sorting, paginate
from app.kit.upsert import insert_new
from app.modules.billing.models import EventStatus, StripeWebhookEvent

SORTING = Sorting(
    columns={"received_at": StripeWebhookEvent.received_at},
    tie=StripeWebhookEvent.id,
    default="-received_at",
)
_OPEN = (EventStatus.RECEIVED, EventStatus.FAILED)
_WORKED_ON = (
    StripeWebhookEvent.id,
    StripeWebhookEvent.event_id,
    StripeWebhookEvent.event_type,
    StripeWebhookEvent.stripe_created_at,
    StripeWebhookEvent.payload,
    StripeWebhookEvent.attempts,
)


@dataclass(frozen=True, slots=True)
class EventFilter:
    """Which events are looked for; `platform_ids` None is all, known merchant or not."""

    platform_ids: frozenset[int] | None
    status: EventStatus | None = None
    event_type: str | None = None


@dataclass(frozen=True, slots=True)
class Closing:
    """How a try at an event went; those that are written together have the same `values`."""

    row_id: int
    attempt: int
    values: Mapping[str, Any]


_CLOSE = update(StripeWebhookEvent).where(
    StripeWebhookEvent.id == bindparam("row_id"),
    StripeWebhookEvent.attempts == bindparam("attempt"),
    or_(*(StripeWebhookEvent.status == one for one in _OPEN)),  # IN cannot be repeated by drivers
)


def add(session: Session, rows: Sequence[Mapping[str, Any]]) -> set[str]:
    """Store events and return Stripe's ids of those that were not stored before."""
    ordered = sorted(rows, key=lambda row: str(row["event_id"]))  # two that meet wait in one order
    return set(insert_new(session, StripeWebhookEvent, ordered, told="event_id"))


def lease_due(
    session: Session, now: datetime, *, limit: int, until: datetime
) -> Sequence[Row[Any]]:
    """Lease events to work on, the oldest first: new ones, else failed ones that are due.

    Returns them as they were before this try. What others have locked is left out.
    """
    new = _first(StripeWebhookEvent.status == EventStatus.RECEIVED, now, limit)
    due = (
        session.execute(new).all() or session.execute(_first(_is_due_again(now), now, limit)).all()
    )
    leased = (
        update(StripeWebhookEvent)
        .where(StripeWebhookEvent.id.in_([row.id for row in due]))
        .values(attempts=StripeWebhookEvent.attempts + 1, claimed_until=until)
    )
    session.execute(leased, execution_options={"synchronize_session": False})
    return due


def _first(condition: ColumnElement[bool], now: datetime, limit: int) -> Select[Any]:
    return (
        select(*_WORKED_ON)
        .where(condition, _is_free(now))
        .order_by(StripeWebhookEvent.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )


def any_open(session: Session, now: datetime) -> bool:
    """Whether an event is new, due again or being worked on."""
    is_open = or_(
        StripeWebhookEvent.status == EventStatus.RECEIVED,
        _is_due_again(now),
        (StripeWebhookEvent.status == EventStatus.FAILED)
        & (StripeWebhookEvent.claimed_until > now),
    )
    return session.scalar(select(StripeWebhookEvent.id).where(is_open).limit(1)) is not None


def any_free(session: Session, now: datetime) -> bool:
    """Whether an event may be worked on now; cheaper than locking, and nobody waits for it."""
    waits = (StripeWebhookEvent.status == EventStatus.RECEIVED) | _is_due_again(now)
    found = select(StripeWebhookEvent.id).where(waits, _is_free(now)).limit(1)
    return session.scalar(found) is not None


def close(session: Session, tries: Sequence[Closing]) -> bool:
    """Write how tries went; False where another process has taken one of the events over."""
    rows = [
        {"row_id": one.row_id, "attempt": one.attempt, "claimed_until": None, **one.values}
        for one in tries
    ]
    return session.connection().execute(_CLOSE, rows).rowcount == len(rows)


def list_events(
    session: Session, wanted: EventFilter, request: PageRequest
) -> Page[StripeWebhookEvent]:
    """Return a page of events, the newest first."""
    query = select(StripeWebhookEvent).where(*_conditions(wanted))
    filters = {
        "platforms": "all" if wanted.platform_ids is None else str(sorted(wanted.platform_ids)),
        "status": wanted.status or "",
        "type": wanted.event_type or "",
    }
    return paginate(session, query, sorting=SORTING, request=request, filters=filters)


def find(
    session: Session, platform_ids: frozenset[int] | None, event_id: int
) -> StripeWebhookEvent | None:
    """Return an event of the given platforms (None: all)."""
    conditions = _conditions(EventFilter(platform_ids))
    query = select(StripeWebhookEvent).where(StripeWebhookEvent.id == event_id, *conditions)
    return session.scalar(query)


def find_by_stripe_id(session: Session, stripe_event_id: str) -> StripeWebhookEvent | None:
    """Return the event that Stripe calls so."""
    query = select(StripeWebhookEvent).where(StripeWebhookEvent.event_id == stripe_event_id)
    return session.scalar(query)


def empty_bodies(session: Session, *, before: datetime, limit: int) -> int:
    """Empty the bodies of events that were received before a time; returns how many."""
    old = (
        select(StripeWebhookEvent.id)
        .where(
            StripeWebhookEvent.received_at < before,
            StripeWebhookEvent.payload.is_not(None),
            StripeWebhookEvent.status.not_in(_OPEN),
        )
        .limit(limit)
    )
    emptied = (
        update(StripeWebhookEvent)
        .where(StripeWebhookEvent.id.in_(old))
        .values(payload=null())
        .returning(StripeWebhookEvent.id)
        .execution_options(synchronize_session=False)
    )
    return len(session.scalars(emptied).all())


def _conditions(wanted: EventFilter) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if wanted.platform_ids is not None:
        conditions.append(StripeWebhookEvent.platform_id.in_(wanted.platform_ids))
    if wanted.status is not None:
        conditions.append(StripeWebhookEvent.status == wanted.status)
    if wanted.event_type is not None:
        conditions.append(StripeWebhookEvent.event_type == wanted.event_type)
    return conditions


def _is_due_again(now: datetime) -> ColumnElement[bool]:
    return (StripeWebhookEvent.status == EventStatus.FAILED) & (
        StripeWebhookEvent.next_attempt_at <= now
    )


def _is_free(now: datetime) -> ColumnElement[bool]:
    return or_(StripeWebhookEvent.claimed_until.is_(None), StripeWebhookEvent.claimed_until <= now)
