"""The offset of business time and the move under way (S21)."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, select, update
from sqlalchemy.orm import InstrumentedAttribute, Session

from app.contracts.tenants import Owner
from app.kit.clock_offset import AppClock
from app.kit.upsert import insert_or_ignore
from app.modules.billing.models import (
    BillingSource,
    ClockMove,
    MerchantSubscription,
    SubscriptionStatus,
)

ONLY = 1
PAID = (BillingSource.STRIPE, BillingSource.MANUAL)
RENEWING = (SubscriptionStatus.ACTIVE, SubscriptionStatus.PAST_DUE)


def find_move(session: Session) -> ClockMove | None:
    """Return the move under way, or the last one; None before the first."""
    return session.get(ClockMove, ONLY)


def lock_move(session: Session) -> ClockMove:
    """Return the row of moves; nobody else writes it until commit."""
    insert_or_ignore(session, ClockMove, [{"id": ONLY, "claim": 0}])
    return session.get_one(ClockMove, ONLY, with_for_update=True)


def raise_offset(session: Session, offset: timedelta) -> None:
    """Let business time be ahead by `offset`, unless it is further ahead already."""
    insert_or_ignore(session, AppClock, [{"id": ONLY, "offset_s": 0, "version": 0}])
    seconds = int(offset.total_seconds())
    session.execute(
        update(AppClock)
        .where(AppClock.id == ONLY, AppClock.offset_s < seconds)
        .values(offset_s=seconds, version=AppClock.version + 1)
    )


def next_trial_end(session: Session, owner: Owner | None, after: datetime) -> datetime | None:
    """Return when the next trial ends, of one merchant or of all."""
    return session.scalar(
        _of(owner, MerchantSubscription.trial_ends_at, after)
        .where(MerchantSubscription.status == SubscriptionStatus.TRIAL)
        .order_by(MerchantSubscription.trial_ends_at)
    )


def next_renewal(session: Session, owner: Owner | None, after: datetime) -> datetime | None:
    """Return when the next paid period begins, of one merchant or of all."""
    return session.scalar(
        _of(owner, MerchantSubscription.period_end, after)
        .where(
            MerchantSubscription.status.in_(RENEWING),
            MerchantSubscription.billing_source.in_(PAID),
            MerchantSubscription.cancel_at.is_(None),
        )
        .order_by(MerchantSubscription.period_end)
    )


def _of(
    owner: Owner | None, instant: InstrumentedAttribute[Any], after: datetime
) -> Select[datetime]:
    later = select(instant).where(instant > after).limit(1)
    if owner is None:
        return later
    return later.where(
        MerchantSubscription.merchant_id == owner.merchant_id,
        MerchantSubscription.platform_id == owner.platform_id,
    )
