"""Giving a platform what is shipped: once, and never over what the operator made of it (D7)."""

from app.contracts.hooks import PlatformCreatedHook
from app.kit.clocks import business_now
from app.kit.db import UnitOfWork
from app.kit.upsert import insert_or_ignore
from app.modules.billing.models import (
    AddOnProduct,
    PlatformBilling,
    ShippedItem,
    SubscriptionTier,
    TierFeatureLimit,
    TierPrice,
)
from app.modules.billing.repositories import entitlement_rows
from app.modules.billing.services.entitlement_changes import entitlements_changed
from app.modules.billing.shipped.catalogue import (
    ADDONS,
    TIERS,
    ShippedAddOn,
    ShippedTier,
    limits_of,
    texts_of,
)

TIER, ADDON = "tier", "addon"


class ShipToNewPlatforms(PlatformCreatedHook):
    """Every new platform begins with the shipped tiers and add-ons."""

    def platform_created(self, work: UnitOfWork, platform_id: int, currency: str) -> None:
        """Insert them in the transaction that creates the platform."""
        ship_to_platform(work, platform_id, currency=currency)


def ship_to_platform(work: UnitOfWork, platform_id: int, *, currency: str) -> int:
    """Insert the shipped tiers and add-ons that this platform was never given; returns how many."""
    tiers = [one for one in TIERS if _is_new(work, platform_id, TIER, one.code)]
    addons = [one for one in ADDONS if _is_new(work, platform_id, ADDON, one.code)]
    inserted = {one.code: _add_tier(work, platform_id, currency, one) for one in tiers}
    for addon in addons:
        _add_addon(work, platform_id, currency, addon)
    _ensure_settings(work, platform_id, inserted.get(TIERS[0].code))
    if inserted:
        entitlements_changed(work, platform_id)
    return len(tiers) + len(addons)


def _is_new(work: UnitOfWork, platform_id: int, kind: str, code: str) -> bool:
    row = {"platform_id": platform_id, "kind": kind, "code": code}
    return insert_or_ignore(work.session, ShippedItem, [row]) == 1


def _add_tier(work: UnitOfWork, platform_id: int, currency: str, tier: ShippedTier) -> int:
    name, description = texts_of(tier.code)
    now = business_now()
    row = SubscriptionTier(
        platform_id=platform_id,
        code=tier.code,
        rank=tier.rank,
        name_i18n=name,
        description_i18n=description,
        price_monthly_cents=tier.price_monthly_cents,
        price_annual_cents=tier.price_annual_cents,
        currency=currency,
        display_order=tier.rank,
        is_public=tier.is_public,
        shipped=True,
        created_at=now,
    )
    work.session.add(row)
    work.session.flush()
    work.session.add_all(
        TierFeatureLimit(tier_id=row.id, feature_code=code, limit_value=value)
        for code, value in limits_of(tier).items()
    )
    for interval, amount in (
        ("month", tier.price_monthly_cents),
        ("year", tier.price_annual_cents),
    ):
        work.session.add(
            TierPrice(
                tier_id=row.id,
                interval=interval,
                amount_cents=amount,
                currency=currency,
                created_at=now,
            )
        )
    return row.id


def _add_addon(work: UnitOfWork, platform_id: int, currency: str, addon: ShippedAddOn) -> None:
    name, description = texts_of(addon.code)
    work.session.add(
        AddOnProduct(
            platform_id=platform_id,
            code=addon.code,
            name_i18n=name,
            description_i18n=description,
            category=addon.category,
            price_cents=addon.price_cents,
            currency=currency,
            billing_period=addon.billing_period,
            quantity=addon.quantity,
            grants=addon.grants,
            display_order=ADDONS.index(addon),
            shipped=True,
            created_at=business_now(),
        )
    )


def _ensure_settings(work: UnitOfWork, platform_id: int, default_tier_id: int | None) -> None:
    if entitlement_rows.find_settings(work.session, platform_id) is None:
        work.session.add(PlatformBilling(platform_id=platform_id, default_tier_id=default_tier_id))
        work.session.flush()
