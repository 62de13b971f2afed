"""Rows that a merchant's entitlements are made of; the tenant first.

The statements are built once: building one anew costs more than running it.
"""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Row, bindparam, select
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


class Version(NamedTuple):
    """Which version of a merchant's entitlements it is.

    `stamp` is the sum of the merchant's epoch and its platform's, and rises with every change.
    `label` tells besides when both began, so that no two versions ever share it, not even those
    of a database and of what became of its backup; "" where nothing was ever changed.
    """

    stamp: int
    label: str


def _of_owner(
    model: type[MerchantSubscription | MerchantFeatureOverride | StoreAddOn],
) -> tuple[ColumnElement[bool], ...]:
    return (
        model.merchant_id == bindparam("merchant_id"),
        model.platform_id == bindparam("platform_id"),
    )


_VERSION = (
    select(EntitlementEpoch.merchant_id, EntitlementEpoch.epoch, EntitlementEpoch.changed_at)
    .where(
        EntitlementEpoch.merchant_id.in_((WHOLE_PLATFORM, bindparam("merchant_id"))),
        EntitlementEpoch.platform_id == bindparam("platform_id"),
    )
    .order_by(EntitlementEpoch.merchant_id)
)
_SUBSCRIPTION = select(MerchantSubscription).where(*_of_owner(MerchantSubscription))
_SETTINGS = select(PlatformBilling).where(PlatformBilling.platform_id == bindparam("platform_id"))
_TIER_ENTRIES = (
    select(
        SubscriptionTier.id,
        SubscriptionTier.code,
        TierFeatureLimit.feature_code,
        TierFeatureLimit.limit_value,
        TierFeatureLimit.enabled,
    )
    .outerjoin(TierFeatureLimit, TierFeatureLimit.tier_id == SubscriptionTier.id)
    .where(SubscriptionTier.id.in_(bindparam("tier_ids", expanding=True)))
)
_OVERRIDES = (
    select(MerchantFeatureOverride)
    .where(*_of_owner(MerchantFeatureOverride))
    .order_by(MerchantFeatureOverride.feature_code)
)
_RUNNING_ADDONS = (
    select(AddOnProduct.code, AddOnProduct.grants, StoreAddOn.period_end, StoreAddOn.cancelled_at)
    .join(StoreAddOn, StoreAddOn.addon_product_id == AddOnProduct.id)
    .where(*_of_owner(StoreAddOn), StoreAddOn.status.in_(RUNNING))
    .order_by(StoreAddOn.id)
)


def read_version(session: Session, owner: Owner) -> Version:
    """Return the version of a merchant's entitlements that is in force."""
    found = session.execute(_VERSION, owner._asdict()).all()
    return Version(
        stamp=sum(one.epoch for one in found),
        label=" ".join(f"{one.merchant_id}:{one.epoch}@{one.changed_at}" for one in found),
    )


def find_subscription(session: Session, owner: Owner) -> MerchantSubscription | None:
    """Return a merchant's subscription on a platform."""
    return session.scalars(_SUBSCRIPTION, owner._asdict()).first()


def find_settings(session: Session, platform_id: int) -> PlatformBilling | None:
    """Return how a platform sells."""
    return session.scalars(_SETTINGS, {"platform_id": platform_id}).first()


def tier_entries(
    session: Session, tier_ids: Collection[int]
) -> Sequence[Row[int, str, str, int | None, bool]]:
    """Return tier id, tier code, feature code, limit and enabled of every row of these tiers."""
    return session.execute(_TIER_ENTRIES, {"tier_ids": list(tier_ids)}).all()


def overrides_of(session: Session, owner: Owner) -> Sequence[MerchantFeatureOverride]:
    """Return the exceptions made for a merchant, expired ones too."""
    return session.scalars(_OVERRIDES, owner._asdict()).all()


def running_addons(
    session: Session, owner: Owner
) -> Sequence[Row[str, dict[str, Any], datetime | None, datetime | None]]:
    """Return code, grants, period end and cancellation of the add-ons that run."""
    return session.execute(_RUNNING_ADDONS, owner._asdict()).all()
