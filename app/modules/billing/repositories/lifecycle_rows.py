"""What the calendar has to do with subscriptions and windows, a portion at a time."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import (
    ColumnElement,
    and_,
    delete,
    exists,
    false,
    or_,
    select,
    tuple_,
)
from sqlalchemy.orm import Session

from app.kit.among import among
from app.kit.delete_rows import delete_portion
from app.modules.billing.models import (
    BillingSource,
    CheckoutIntent,
    MerchantSubscription,
    SubscriptionStatus,
    UsageAlert,
    UsageCounter,
)

BY_OPERATOR = (BillingSource.MANUAL, BillingSource.COMP)
EARNING = (SubscriptionStatus.ACTIVE, SubscriptionStatus.PAST_DUE)
ENDED = (SubscriptionStatus.CANCELLED, SubscriptionStatus.EXPIRED)


class Subscribed(NamedTuple):
    """A subscription as the walk over all of them needs it."""

    merchant_id: int
    platform_id: int
    usage_anchor: datetime
    status: str

    @property
    def has_ended(self) -> bool:
        """Whether it gives nothing any more."""
        return self.status in ENDED


def awaiting(
    session: Session,
    *,
    after: int,
    at: datetime,
    windows: tuple[Collection[str], datetime],
    limit: int,
) -> Sequence[int]:
    """Return the ids of the next subscriptions of all platforms that the calendar may concern.

    Their period is over and no Stripe counts it, or they have no window of one of the features
    of `windows` that began since the instant there.
    """
    features, since = windows
    held = MerchantSubscription
    lacking = or_(false(), *(~_window_of(code, since) for code in features))
    return session.scalars(
        select(held.id)
        .where(held.id > after, or_(_is_due(at), and_(held.status.not_in(ENDED), lacking)))
        .order_by(held.id)
        .limit(limit)
    ).all()


def subscribed(session: Session, subscription_ids: Collection[int]) -> list[Subscribed]:
    """Return some subscriptions by id."""
    held = MerchantSubscription
    rows = session.execute(
        select(held.merchant_id, held.platform_id, held.usage_anchor, held.status)
        .where(among(held.id, subscription_ids))
        .order_by(held.id)
    )
    return [Subscribed(*row) for row in rows]


def lock_due(
    session: Session, subscription_ids: Collection[int], *, at: datetime
) -> Sequence[MerchantSubscription]:
    """Return those that an operator bills and whose period, or plan, is over; locked."""
    return session.scalars(
        select(MerchantSubscription)
        .where(among(MerchantSubscription.id, subscription_ids), _is_due(at))
        .order_by(MerchantSubscription.id)
        .with_for_update()
    ).all()


def lock_trials_over(
    session: Session, *, after: int, at: datetime, limit: int
) -> Sequence[MerchantSubscription]:
    """Return the next local trials, by id, that are over without a payment method; locked."""
    return session.scalars(
        select(MerchantSubscription)
        .where(
            MerchantSubscription.id > after,
            MerchantSubscription.status == SubscriptionStatus.TRIAL,
            MerchantSubscription.stripe_subscription_id.is_(None),
            MerchantSubscription.has_payment_method.is_(False),
            MerchantSubscription.trial_ends_at <= at,
        )
        .order_by(MerchantSubscription.id)
        .limit(limit)
        .with_for_update()
    ).all()


def trials_ending(
    session: Session, *, after: int, since: datetime, until: datetime, limit: int
) -> Sequence[MerchantSubscription]:
    """Return the next trials, by id, that end in `since < end <= until`."""
    return session.scalars(
        select(MerchantSubscription)
        .where(
            MerchantSubscription.id > after,
            MerchantSubscription.status == SubscriptionStatus.TRIAL,
            MerchantSubscription.cancel_at.is_(None),
            MerchantSubscription.trial_ends_at > since,
            MerchantSubscription.trial_ends_at <= until,
        )
        .order_by(MerchantSubscription.id)
        .limit(limit)
    ).all()


def lock_stale(session: Session, *, before: datetime, limit: int) -> Sequence[MerchantSubscription]:
    """Return what ended at Stripe before an instant and still has its ids there; locked."""
    return session.scalars(
        select(MerchantSubscription)
        .where(
            MerchantSubscription.status.in_(ENDED),
            MerchantSubscription.stripe_subscription_id.is_not(None),
            MerchantSubscription.cancelled_at < before,
        )
        .order_by(MerchantSubscription.id)
        .limit(limit)
        .with_for_update()
    ).all()


def late_at_stripe(
    session: Session, *, after: int, before: datetime, limit: int
) -> Sequence[MerchantSubscription]:
    """Return the next live plans at Stripe, by id, whose period ended before an instant."""
    return session.scalars(
        select(MerchantSubscription)
        .where(
            MerchantSubscription.id > after,
            MerchantSubscription.stripe_subscription_id.is_not(None),
            MerchantSubscription.status.in_((SubscriptionStatus.TRIAL, *EARNING)),
            MerchantSubscription.period_end < before,
        )
        .order_by(MerchantSubscription.id)
        .limit(limit)
    ).all()


def drop_checkouts(session: Session, *, before: datetime, limit: int) -> int:
    """Delete checkouts that ended, or should have, before an instant; how many it were."""
    return delete_portion(session, CheckoutIntent, CheckoutIntent.expires_at < before, limit=limit)


def known_windows(
    session: Session, platform_id: int, starts: Mapping[int, datetime], codes: Sequence[str]
) -> set[tuple[int, str]]:
    """Return merchant and code of the counters that exist in these windows."""
    rows = session.execute(
        select(
            UsageCounter.merchant_id, UsageCounter.feature_code, UsageCounter.window_start
        ).where(
            among(UsageCounter.merchant_id, starts),
            UsageCounter.platform_id == platform_id,
            UsageCounter.feature_code.in_(codes),
            UsageCounter.window_start.in_(set(starts.values())),
        )
    )
    return {
        (merchant_id, code) for merchant_id, code, start in rows if starts[merchant_id] == start
    }


def prune(
    session: Session,
    table: type[UsageAlert | UsageCounter],
    *,
    after: datetime,
    before: datetime,
    limit: int,
) -> int:
    """Delete rows of windows that began between two instants, at most `limit`; how many."""
    key = table.__mapper__.primary_key
    portion = (
        select(*key).where(table.window_start > after, table.window_start < before).limit(limit)
    )
    gone = session.scalars(
        delete(table)
        .where(tuple_(*key).in_(portion))
        .returning(table.merchant_id)
        .execution_options(synchronize_session=False)
    )
    return len(gone.all())


def _is_due(at: datetime) -> ColumnElement[bool]:
    return and_(
        MerchantSubscription.billing_source.in_(BY_OPERATOR),
        MerchantSubscription.status.in_(EARNING),
        or_(MerchantSubscription.period_end <= at, MerchantSubscription.cancel_at <= at),
    )


def _window_of(feature_code: str, since: datetime) -> ColumnElement[bool]:
    return exists().where(
        UsageCounter.merchant_id == MerchantSubscription.merchant_id,
        UsageCounter.platform_id == MerchantSubscription.platform_id,
        UsageCounter.feature_code == feature_code,
        UsageCounter.window_start > since,
    )
