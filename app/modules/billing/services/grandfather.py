"""Keeping what present subscribers have when a tier gives less (D26)."""

from app.kit.clocks import business_now
from app.kit.db import UnitOfWork
from app.kit.upsert import insert_or_ignore
from app.modules.billing.models import (
    GRANDFATHERED,
    MerchantFeatureOverride,
    SubscriptionTier,
    TierFeatureLimit,
)
from app.modules.billing.repositories import tier_usage
from app.modules.billing.services.actor import Actor

BATCH = 500


def keep_limits(
    work: UnitOfWork,
    tier: SubscriptionTier,
    *,
    before: TierFeatureLimit | None,
    after: int | None,
    only_over: bool,
    actor: Actor,
) -> int:
    """Write overrides with the old limit for those over the new one, or for all subscribers.

    An override that is there already stays: the operator decided on it. Returns how many were
    written; a limit that did not get lower keeps nothing.
    """
    if before is None or not before.enabled or not _is_lower(after, before.limit_value):
        return 0
    now = business_now()
    tier_usage.drop_expired_overrides(work.session, tier.platform_id, before.feature_code, at=now)
    if only_over:
        kept = [
            (row.merchant_id, row.platform_id)
            for row in tier_usage.over_limit(
                work.session, tier.id, before.feature_code, after or 0, at=now
            )
        ]
    else:
        kept = [
            (row.merchant_id, row.platform_id)
            for row in tier_usage.subscribers(work.session, tier.id)
        ]
    rows = [
        {
            "merchant_id": merchant_id,
            "platform_id": platform_id,
            "feature_code": before.feature_code,
            "limit_value": before.limit_value,
            "is_enabled": True,
            "reason": GRANDFATHERED,
            "created_by": actor.name,
            "created_at": now,
        }
        for merchant_id, platform_id in kept
    ]
    return sum(
        insert_or_ignore(work.session, MerchantFeatureOverride, rows[start : start + BATCH])
        for start in range(0, len(rows), BATCH)
    )


def _is_lower(after: int | None, before: int | None) -> bool:
    if after is None:
        return False
    return before is None or after < before
