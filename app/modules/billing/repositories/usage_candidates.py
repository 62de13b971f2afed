"""Whose usage may have come near a limit: found by one query, to be looked at closely."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from app.contracts.tenants import Owner
from app.modules.billing.models import (
    MerchantFeatureOverride,
    MerchantSubscription,
    TierFeatureLimit,
    UsageCounter,
)


def near_limits(
    session: Session,
    subscription_ids: Collection[int],
    *,
    percent: int,
    since: datetime,
    epoch: datetime,
) -> Sequence[Owner]:
    """Return owners with a counter at or above a share of what tier or override hold of it.

    Counters count whose window began after `since`, or never ends. Add-ons only raise limits, so
    nobody is missing; some may turn out to have more than that.
    """
    held, counter = MerchantSubscription, UsageCounter
    limit = func.coalesce(MerchantFeatureOverride.limit_value, TierFeatureLimit.limit_value)
    rows = session.execute(
        select(held.merchant_id, held.platform_id)
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
            held.id.in_(subscription_ids),
            or_(counter.window_start > since, counter.window_start == epoch),
            counter.used > 0,
            counter.used * 100 >= limit * percent,
        )
        .order_by(held.merchant_id, held.platform_id)
    )
    return [Owner(merchant_id, platform_id) for merchant_id, platform_id in rows]
