"""Leases of subscriptions at Stripe; all times are system time (S12)."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, or_, select, update
from sqlalchemy.orm import Session

from app.kit.upsert import insert_or_ignore
from app.modules.billing.models import StripeSync


def wish(session: Session, stripe_subscription_id: str, *, at: datetime) -> None:
    """Count one more wish for a fetch, due at once."""
    row = {
        "stripe_subscription_id": stripe_subscription_id,
        "wanted": 0,
        "done": 0,
        "claim": 0,
        "attempts": 0,
        "available_at": at,
    }
    insert_or_ignore(session, StripeSync, [row])
    session.execute(
        update(StripeSync)
        .where(StripeSync.stripe_subscription_id == stripe_subscription_id)
        .values(wanted=StripeSync.wanted + 1, available_at=at),
        execution_options={"synchronize_session": False},
    )


def lock(session: Session, stripe_subscription_id: str) -> StripeSync | None:
    """Return a lease and keep others from changing it until commit."""
    return session.get(StripeSync, stripe_subscription_id, with_for_update=True)


def due(session: Session, now: datetime, *, limit: int) -> Sequence[str]:
    """Return the subscriptions to fetch that nobody is fetching, the longest waiting first."""
    return session.scalars(
        select(StripeSync.stripe_subscription_id)
        .where(_is_wanted(now), _is_free(now))
        .order_by(StripeSync.available_at, StripeSync.stripe_subscription_id)
        .limit(limit)
    ).all()


def any_due(session: Session, now: datetime) -> bool:
    """Whether anything is to be fetched now, or being fetched."""
    found = select(StripeSync.stripe_subscription_id).where(_is_wanted(now)).limit(1)
    return session.scalar(found) is not None


def done(session: Session, stripe_subscription_id: str) -> int:
    """Return how many wishes were answered."""
    asked = StripeSync.stripe_subscription_id == stripe_subscription_id
    return session.scalars(select(StripeSync.done).where(asked)).one()


def _is_wanted(now: datetime) -> ColumnElement[bool]:
    return (StripeSync.wanted > StripeSync.done) & (StripeSync.available_at <= now)


def _is_free(now: datetime) -> ColumnElement[bool]:
    return or_(StripeSync.claimed_until.is_(None), StripeSync.claimed_until <= now)
