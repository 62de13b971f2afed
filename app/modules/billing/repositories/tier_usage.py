"""Who uses how much of what a tier limits."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Row, and_, delete, func, select
from sqlalchemy.orm import Session, aliased

from app.modules.billing.models import (
    MerchantFeatureOverride,
    MerchantSubscription,
    SubscriptionStatus,
    UsageCounter,
)

LIVE = (SubscriptionStatus.TRIAL, SubscriptionStatus.ACTIVE, SubscriptionStatus.PAST_DUE)


def subscribers(session: Session, tier_id: int) -> Sequence[Row[int, int]]:
    """Return merchant and platform of every live subscription of a tier."""
    return session.execute(
        select(MerchantSubscription.merchant_id, MerchantSubscription.platform_id)
        .where(MerchantSubscription.tier_id == tier_id, MerchantSubscription.status.in_(LIVE))
        .order_by(MerchantSubscription.merchant_id)
    ).all()


def over_limit(
    session: Session, tier_id: int, feature_code: str, limit: int, *, at: datetime
) -> Sequence[Row[int, int, int]]:
    """Return merchant, platform and usage of the live subscribers who use more than `limit`.

    Those with an override that holds `at` are left out: the tier does not decide for them. Of
    features that reset, the newest window counts.
    """
    other = aliased(UsageCounter)
    newest = (
        select(func.max(other.window_start))
        .where(
            other.merchant_id == UsageCounter.merchant_id,
            other.platform_id == UsageCounter.platform_id,
            other.feature_code == feature_code,
        )
        .scalar_subquery()
    )
    overridden = (
        select(MerchantFeatureOverride.id)
        .where(
            MerchantFeatureOverride.merchant_id == MerchantSubscription.merchant_id,
            MerchantFeatureOverride.platform_id == MerchantSubscription.platform_id,
            MerchantFeatureOverride.feature_code == feature_code,
            MerchantFeatureOverride.expires_at.is_(None)
            | (MerchantFeatureOverride.expires_at > at),
        )
        .exists()
    )
    return session.execute(
        select(UsageCounter.merchant_id, UsageCounter.platform_id, UsageCounter.used)
        .join(
            MerchantSubscription,
            and_(
                MerchantSubscription.merchant_id == UsageCounter.merchant_id,
                MerchantSubscription.platform_id == UsageCounter.platform_id,
            ),
        )
        .where(
            UsageCounter.feature_code == feature_code,
            UsageCounter.used > limit,
            UsageCounter.window_start == newest,
            MerchantSubscription.tier_id == tier_id,
            MerchantSubscription.status.in_(LIVE),
            ~overridden,
        )
        .order_by(UsageCounter.merchant_id)
    ).all()


def drop_expired_overrides(
    session: Session, platform_id: int, feature_code: str, *, at: datetime
) -> None:
    """Delete a platform's exceptions of a feature that hold no longer `at`; they count as none."""
    session.execute(
        delete(MerchantFeatureOverride).where(
            MerchantFeatureOverride.platform_id == platform_id,
            MerchantFeatureOverride.feature_code == feature_code,
            MerchantFeatureOverride.expires_at <= at,
        )
    )
