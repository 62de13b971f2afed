"""Whose usage may have come near a limit: found by one query."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, case, exists, func, or_, select
from sqlalchemy.orm import Session

from app.contracts.tenants import Owner
from app.modules.billing.models import (
    MerchantFeatureOverride,
    MerchantSubscription,
    SubscriptionStatus,
    TierFeatureLimit,
    UsageAlert,
    UsageCounter,
)


class Near(NamedTuple):
    """Somebody to be looked at closely."""

    subscription_id: int
    owner: Owner


def near_limits(
    session: Session,
    *,
    after: int,
    thresholds: Sequence[int],
    since: datetime,
    epoch: datetime,
    limit: int,
) -> list[Near]:
    """Return the next, by subscription, with a counter that has reached a threshold that is news.

    Thresholds are shares, in rising percent, of what tier or override hold of a feature. Counters
    count whose window began after `since`, or never ends. Add-ons only raise limits, so nobody is
    missing; some may turn out to have more than that.
    """
    held, counter = MerchantSubscription, UsageCounter
    allowed = func.coalesce(MerchantFeatureOverride.limit_value, TierFeatureLimit.limit_value)
    reached = [counter.used * 100 >= allowed * percent for percent in thresholds]
    highest = case(*reversed(list(zip(reached, thresholds, strict=True))))
    rows = session.execute(
        select(held.id, held.merchant_id, held.platform_id)
        .distinct()
        .join(
            counter,
            and_(counter.merchant_id == held.merchant_id, counter.platform_id == held.platform_id),
        )
        .outerjoin(
            TierFeatureLimit,
            and_(
                TierFeatureLimit.tier_id == held.tier_id,
                TierFeatureLimit.feature_code == counter.feature_code,
            ),
        )
        .outerjoin(
            MerchantFeatureOverride,
            and_(
                MerchantFeatureOverride.merchant_id == held.merchant_id,
                MerchantFeatureOverride.platform_id == held.platform_id,
                MerchantFeatureOverride.feature_code == counter.feature_code,
            ),
        )
        .where(
            held.id > after,
            held.status.not_in((SubscriptionStatus.CANCELLED, SubscriptionStatus.EXPIRED)),
            or_(counter.window_start > since, counter.window_start == epoch),
            allowed > 0,
            reached[0],
            ~_was_told(allowed, highest),
        )
        .order_by(held.id)
        .limit(limit)
    )
    return [Near(one, Owner(merchant_id, platform_id)) for one, merchant_id, platform_id in rows]


def _was_told(allowed: ColumnElement[Any], threshold: ColumnElement[Any]) -> ColumnElement[bool]:
    return exists().where(
        UsageAlert.merchant_id == UsageCounter.merchant_id,
        UsageAlert.platform_id == UsageCounter.platform_id,
        UsageAlert.feature_code == UsageCounter.feature_code,
        UsageAlert.window_start == UsageCounter.window_start,
        UsageAlert.limit_value == allowed,
        UsageAlert.threshold == threshold,
    )
