"""Subscriptions that operators bill go on by themselves, or end when that was wanted (D40)."""

from collections.abc import Collection

from app.kit.calendar import Window
from app.kit.clocks import business_now
from app.kit.db import UnitOfWork
from app.modules.billing.models import MerchantSubscription, SubscriptionStatus
from app.modules.billing.repositories import lifecycle_rows
from app.modules.billing.services.lifecycle.end import end_by_calendar
from app.modules.billing.services.lifecycle.periods import period_at
from app.modules.billing.services.notices import Notice

JOB = "billing.reset_period_counters"


def turn_periods(work: UnitOfWork, subscription_ids: Collection[int]) -> dict[str, int]:
    """End what was to end by now, and bring the periods of the others to the present one."""
    now = business_now()
    due = lifecycle_rows.lock_due(work.session, subscription_ids, at=now)
    ended = [one for one in due if one.cancel_at is not None and one.cancel_at <= now]
    for subscription in ended:
        _end(work, subscription)
    for subscription in due:
        if subscription not in ended:
            _turn(subscription)
    return {"ended": len(ended), "periods": len(due) - len(ended)}


def _end(work: UnitOfWork, subscription: MerchantSubscription) -> None:
    assert subscription.cancel_at is not None
    end_by_calendar(
        work,
        subscription,
        SubscriptionStatus.CANCELLED,
        at=subscription.cancel_at,
        notice=Notice.SUBSCRIPTION_ENDED,
        job=JOB,
    )


def _turn(subscription: MerchantSubscription) -> None:
    period = period_at(
        Window(subscription.period_start, subscription.period_end),
        business_now(),
        anchor=subscription.usage_anchor,
        is_annual=subscription.is_annual,
    )
    subscription.period_start, subscription.period_end = period.start, period.end
