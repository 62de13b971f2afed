"""Rows that a merchant's entitlements are made of; the tenant first."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, func, select
from sqlalchemy.orm import Session

from app.contracts.tenants import Owner
from app.modules.billing.models import (
    WHOLE_PLATFORM,
    AddOnProduct,
    EntitlementEpoch,
    MerchantFeatureOverride,
    MerchantSubscription,
    PlatformBilling,
    StoreAddOn,
    SubscriptionTier,
    TierFeatureLimit,
)

RUNNING = ("active", "past_due")


def read_stamp(session: Session, owner: Owner) -> int:
    """Return the version of a merchant's entitlements: the sum of its epoch and the platform's."""
    query = select(func.coalesce(func.sum(EntitlementEpoch.epoch), 0)).where(
        EntitlementEpoch.merchant_id.in_((WHOLE_PLATFORM, owner.merchant_id)),
        EntitlementEpoch.platform_id == owner.platform_id,
    )
    return int(session.scalars(query).one())


def find_subscription(session: Session, owner: Owner) -> MerchantSubscription | None:
    """Return a merchant's subscription on a platform."""
    return session.scalars(
        select(MerchantSubscription).where(
            MerchantSubscription.merchant_id == owner.merchant_id,
            MerchantSubscription.platform_id == owner.platform_id,
        )
    ).first()


def find_settings(session: Session, platform_id: int) -> PlatformBilling | None:
    """Return how a platform sells."""
    return session.scalars(
        select(PlatformBilling).where(PlatformBilling.platform_id == platform_id)
    ).first()


def tier_entries(
    session: Session, tier_ids: Sequence[int]
) -> Sequence[Row[int, str, str, int | None, bool]]:
    """Return tier id, tier code, feature code, limit and enabled of every row of these tiers."""
    return session.execute(
        select(
            SubscriptionTier.id,
            SubscriptionTier.code,
            TierFeatureLimit.feature_code,
            TierFeatureLimit.limit_value,
            TierFeatureLimit.enabled,
        )
        .outerjoin(TierFeatureLimit, TierFeatureLimit.tier_id == SubscriptionTier.id)
        .where(SubscriptionTier.id.in_(tier_ids))
    ).all()


def overrides_of(session: Session, owner: Owner) -> Sequence[MerchantFeatureOverride]:
    """Return the exceptions made for a merchant, expired ones too."""
    return session.scalars(
        select(MerchantFeatureOverride)
        .where(
            MerchantFeatureOverride.merchant_id == owner.merchant_id,
            MerchantFeatureOverride.platform_id == owner.platform_id,
        )
        .order_by(MerchantFeatureOverride.feature_code)
    ).all()


def running_addons(
    session: Session, owner: Owner
) -> Sequence[Row[str, dict[str, Any], datetime | None, datetime | None]]:
    """Return code, grants, period end and cancellation of the add-ons that run."""
    return session.execute(
        select(
            AddOnProduct.code,
            AddOnProduct.grants,
            StoreAddOn.period_end,
            StoreAddOn.cancelled_at,
        )
        .join(StoreAddOn, StoreAddOn.addon_product_id == AddOnProduct.id)
        .where(
            StoreAddOn.merchant_id == owner.merchant_id,
            StoreAddOn.platform_id == owner.platform_id,
            StoreAddOn.status.in_(RUNNING),
        )
        .order_by(StoreAddOn.id)
    ).all()
