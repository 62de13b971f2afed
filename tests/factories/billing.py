"""Tiers and subscriptions."""

from datetime import datetime, timedelta

from app.contracts.tenants import Owner
from app.kit.clocks import business_now
from app.kit.db import unit_of_work
from app.modules.billing.models import (
    AddOnProduct,
    AddOnStatus,
    BillingSource,
    MerchantFeatureOverride,
    MerchantSubscription,
    StoreAddOn,
    SubscriptionStatus,
    SubscriptionTier,
    TierFeatureLimit,
)
from app.modules.billing.services.entitlement_changes import entitlements_changed
from app.modules.billing.services.figures.record import (
    Movement,
    note_addon,
    note_subscriptions,
)
from app.modules.billing.services.figures.standing import Standing
from app.modules.billing.services.ship import ship_to_platform
from app.modules.billing.services.subscription_changes import told
from tests.factories.tenancy import AShop


def shipped_tiers(platform_id: int) -> None:
    """Give a platform the shipped tiers and add-ons, as its creation does."""
    with unit_of_work() as work:
        ship_to_platform(work, platform_id, currency="EUR")


def a_subscription(
    owner: Owner,
    tier: str = "essential",
    *,
    status: SubscriptionStatus = SubscriptionStatus.ACTIVE,
    source: BillingSource = BillingSource.MANUAL,
    usage_anchor: datetime | None = None,
    trial_ends_at: datetime | None = None,
) -> int:
    """Subscribe a merchant to a shipped tier; returns the id."""
    now = business_now()
    with unit_of_work() as work:
        row = (
            work.session.query(SubscriptionTier)
            .filter_by(platform_id=owner.platform_id, code=tier)
            .one()
        )
        subscription = MerchantSubscription(
            merchant_id=owner.merchant_id,
            platform_id=owner.platform_id,
            tier_id=row.id,
            status=status,
            billing_source=source,
            period_start=now,
            period_end=now + timedelta(days=30),
            usage_anchor=usage_anchor or now,
            trial_ends_at=trial_ends_at,
            currency=row.currency,
            unit_amount_cents=row.price_monthly_cents,
            arr_cents=row.price_monthly_cents * 12,
            created_at=now,
        )
        work.session.add(subscription)
        standing = Standing.of(told(subscription), subscription.arr_cents)
        work.session.flush()
        note_subscriptions(work, [Movement(owner.platform_id, None, standing)])
        entitlements_changed(work, owner.platform_id, owner.merchant_id)
        return subscription.id


def a_tier_limit(platform_id: int, tier: str, code: str, value: int | None) -> None:
    """Set what a tier holds of a feature."""
    with unit_of_work() as work:
        row = (
            work.session.query(TierFeatureLimit)
            .join(SubscriptionTier, SubscriptionTier.id == TierFeatureLimit.tier_id)
            .filter(
                SubscriptionTier.platform_id == platform_id,
                SubscriptionTier.code == tier,
                TierFeatureLimit.feature_code == code,
            )
            .one()
        )
        row.limit_value = value
        entitlements_changed(work, platform_id)


def an_override(
    owner: Owner,
    code: str,
    value: int | None,
    *,
    is_enabled: bool = True,
    expires_at: datetime | None = None,
) -> None:
    """Make an exception for a merchant."""
    with unit_of_work() as work:
        work.session.add(
            MerchantFeatureOverride(
                merchant_id=owner.merchant_id,
                platform_id=owner.platform_id,
                feature_code=code,
                limit_value=value,
                is_enabled=is_enabled,
                reason="test",
                created_by="user:1",
                created_at=business_now(),
                expires_at=expires_at,
            )
        )
        entitlements_changed(work, owner.platform_id, owner.merchant_id)


def an_addon(shop: AShop, code: str = "ssl_premium", *, arr_cents: int = 0) -> int:
    """Let a store hold a shipped add-on that brings so much a year; returns the id."""
    with unit_of_work() as work:
        product = (
            work.session.query(AddOnProduct)
            .filter_by(platform_id=shop.platform_id, code=code)
            .one()
        )
        addon = StoreAddOn(
            merchant_id=shop.merchant_id,
            platform_id=shop.platform_id,
            store_id=shop.store_id,
            addon_product_id=product.id,
            status=AddOnStatus.ACTIVE,
            currency="EUR",
            arr_cents=arr_cents,
            purchased_at=business_now(),
        )
        work.session.add(addon)
        note_addon(work, addon, arr_before=0)
        work.session.flush()
        return addon.id
