"""Subscriptions that operators bill go on by themselves, or end when that was wanted (D40)."""

from collections.abc import Collection
from datetime import datetime

from app.kit.calendar import Window
from app.kit.clocks import business_now
from app.kit.db import UnitOfWork
from app.kit.many_rows import update_rows
from app.modules.billing.models import MerchantSubscription, SubscriptionStatus
from app.modules.billing.repositories import lifecycle_rows
from app.modules.billing.services.lifecycle.end import Ending, end_by_calendar
from app.modules.billing.services.lifecycle.periods import period_at
from app.modules.billing.services.notices import Notice

JOB = "billing.reset_period_counters"


def turn_periods(work: UnitOfWork, subscription_ids: Collection[int]) -> dict[str, int]:
    """End what was to end by now, and bring the periods of the others to the present one."""
    now = business_now()
    due = lifecycle_rows.lock_due(work.session, subscription_ids, at=now)
    endings = [_ending(one, one.cancel_at) for one in due if one.cancel_at and one.cancel_at <= now]
    ended = {one.subscription.id for one in endings}
    turned = [_turned(one, now) for one in due if one.id not in ended]
    end_by_calendar(work, endings, job=JOB)
    update_rows(work.session, MerchantSubscription, turned)
    return {"ended": len(endings), "periods": len(turned)}


def _ending(subscription: MerchantSubscription, at: datetime) -> Ending:
    cancelled = SubscriptionStatus.CANCELLED
    return Ending(subscription, cancelled, at=at, notice=Notice.SUBSCRIPTION_ENDED)


def _turned(subscription: MerchantSubscription, now: datetime) -> dict[str, object]:
    period = period_at(
        Window(subscription.period_start, subscription.period_end),
        now,
        anchor=subscription.usage_anchor,
        is_annual=subscription.is_annual,
    )
    return {"id": subscription.id, "period_start": period.start, "period_end": period.end}
