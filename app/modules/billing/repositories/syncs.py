"""Leases of subscriptions at Stripe; all times are system time (S12)."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache

from sqlalchemy import ColumnElement, UpdateBase, bindparam, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from app.modules.billing.models import StripeSync


def wish(session: Session, wishes: Mapping[str, int], *, at: datetime) -> None:
    """Count more wishes for fetches, by subscription; they are due at once."""
    blank = {"done": 0, "claim": 0, "attempts": 0, "available_at": at}
    rows = [  # two that meet wait in one order
        {"stripe_subscription_id": one, "wanted": wishes[one], **blank} for one in sorted(wishes)
    ]
    session.connection().execute(_wish(session.get_bind().dialect.name), rows)


def lock(session: Session, stripe_subscription_id: str) -> StripeSync | None:
    """Return a lease and keep others from changing it until commit."""
    return session.get(StripeSync, stripe_subscription_id, with_for_update=True)


def any_free(session: Session, now: datetime) -> bool:
    """Whether a fetch may begin now; cheaper than locking, and nobody waits for it."""
    found = select(StripeSync.stripe_subscription_id).where(_is_wanted(now), _is_free(now))
    return session.scalar(found.limit(1)) is not None


def lease_due(
    session: Session, now: datetime, *, limit: int, until: datetime
) -> Sequence[tuple[str, int, int]]:
    """Take leases that nobody holds, the longest waiting first: subscription, claim, wishes.

    What others have locked is left out.
    """
    due = session.execute(
        select(StripeSync.stripe_subscription_id, StripeSync.claim, StripeSync.wanted)
        .where(_is_wanted(now), _is_free(now))
        .order_by(StripeSync.available_at, StripeSync.stripe_subscription_id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    ).all()
    session.execute(
        update(StripeSync)
        .where(StripeSync.stripe_subscription_id.in_([one for one, _, _ in due]))
        .values(claim=StripeSync.claim + 1, claimed_until=until),
        execution_options={"synchronize_session": False},
    )
    return [(one, claim + 1, wanted) for one, claim, wanted in due]


def land(session: Session, flights: Sequence[tuple[str, int, int]]) -> bool:
    """Give leases back: subscription, claim, wishes answered. False where one was taken over."""
    rows = [
        {"landed": one, "by": claim, "done": wanted, **_LANDED}
        for one, claim, wanted in sorted(flights)
    ]
    return session.connection().execute(_LAND, rows).rowcount == len(rows)


def any_due(session: Session, now: datetime) -> bool:
    """Whether anything is to be fetched now, or being fetched."""
    found = select(StripeSync.stripe_subscription_id).where(_is_wanted(now)).limit(1)
    return session.scalar(found) is not None


def done(session: Session, stripe_subscription_id: str) -> int:
    """Return how many wishes were answered."""
    asked = StripeSync.stripe_subscription_id == stripe_subscription_id
    return session.scalars(select(StripeSync.done).where(asked)).one()


@cache
def _wish(dialect: str) -> UpdateBase:
    insert = sqlite.insert(StripeSync) if dialect == "sqlite" else postgresql.insert(StripeSync)
    return insert.on_conflict_do_update(
        index_elements=[StripeSync.stripe_subscription_id],
        set_={
            "wanted": StripeSync.wanted + insert.excluded.wanted,
            "available_at": insert.excluded.available_at,
        },
    )


_LANDED = {"claimed_until": None, "attempts": 0, "last_error": None}
_LAND = update(StripeSync).where(
    StripeSync.stripe_subscription_id == bindparam("landed"), StripeSync.claim == bindparam("by")
)


def _is_wanted(now: datetime) -> ColumnElement[bool]:
    return (StripeSync.wanted > StripeSync.done) & (StripeSync.available_at <= now)


def _is_free(now: datetime) -> ColumnElement[bool]:
    return or_(StripeSync.claimed_until.is_(None), StripeSync.claimed_until <= now)
