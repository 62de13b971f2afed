"""Changing a tier; those who have it keep their price (D26)."""

from typing import Any

from app.kit.db import UnitOfWork
from app.kit.http.etags import check_version
from app.modules.billing.models import SubscriptionTier
from app.modules.billing.services.actor import Operator
from app.modules.billing.services.entitlement_changes import entitlements_changed
from app.modules.billing.services.tier_audit import record_tier
from app.modules.billing.services.tier_draft import checked_fields
from app.modules.billing.services.tier_prices import keep_prices

_PRICES = {
    "price_monthly_cents": "stripe_price_monthly_id",
    "price_annual_cents": "stripe_price_annual_id",
}


def update_tier(
    work: UnitOfWork,
    operator: Operator,
    tier: SubscriptionTier,
    *,
    changes: dict[str, Any],
    expected: int | None,
) -> SubscriptionTier:
    """Change the given fields of a tier; null clears an optional price.

    A new amount drops the former price at Stripe unless a new one comes with it: prices there
    never change their amount. Raises PreconditionFailed, InvalidInput, StripePriceTaken.
    """
    check_version(tier.version, expected)
    checked = checked_fields(changes)
    for amount, stripe_price in _PRICES.items():
        if amount in checked and checked[amount] != getattr(tier, amount):
            checked.setdefault(stripe_price, None)
    before = {name: getattr(tier, name) for name in checked}
    after = {name: value for name, value in checked.items() if before[name] != value}
    if not after:
        return tier
    for name, value in after.items():
        setattr(tier, name, value)
    work.session.flush()
    keep_prices(work, tier)
    before = {name: before[name] for name in after}
    record_tier(work, operator, tier, "tier.updated", before=before, after=after)
    entitlements_changed(work, tier.platform_id)
    return tier
