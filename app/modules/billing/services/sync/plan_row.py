"""The row of a plan: found and locked, or begun where the merchant never had one."""

from app.contracts.tenants import Owner
from app.kit.clocks import business_now
from app.kit.db import UnitOfWork
from app.kit.upsert import insert_or_ignore
from app.modules.billing.gateways.metadata import read_metadata
from app.modules.billing.gateways.snapshots import SubscriptionSnapshot
from app.modules.billing.models import (
    BillingSource,
    MerchantSubscription,
    SubscriptionStatus,
    SubscriptionTier,
)
from app.modules.billing.repositories import entitlement_rows, stripe_links, tiers
from app.modules.billing.services.sync.merge_plan import Prices


def lock_or_begin(
    work: UnitOfWork, owner: Owner, snapshot: SubscriptionSnapshot, *, prices: Prices
) -> tuple[MerchantSubscription, bool] | None:
    """Return the merchant's row, locked, and whether it is new; None where no tier is known.

    A new one stands as expired until the state is merged into it. Two that begin it at once make
    one row: the later one finds the earlier's.
    """
    row = stripe_links.lock_plan(work.session, owner)
    if row is not None:
        return row, False
    tier_id = _tier_id(work, owner, snapshot, prices)
    if tier_id is None:
        return None
    is_new = insert_or_ignore(
        work.session, MerchantSubscription, [_blank(owner, snapshot, tier_id)]
    )
    found = stripe_links.lock_plan(work.session, owner)
    assert found is not None
    return found, is_new == 1


def _blank(owner: Owner, snapshot: SubscriptionSnapshot, tier_id: int) -> dict[str, object]:
    return {
        "merchant_id": owner.merchant_id,
        "platform_id": owner.platform_id,
        "tier_id": tier_id,
        "status": SubscriptionStatus.EXPIRED,
        "billing_source": BillingSource.STRIPE,
        "is_annual": False,
        "period_start": snapshot.period_start,
        "period_end": snapshot.period_end,
        "usage_anchor": snapshot.period_start,
        "unit_amount_cents": 0,
        "discount_cents": 0,
        "arr_cents": 0,
        "has_payment_method": False,
        "payment_retry_count": 0,
        "currency": snapshot.currency,
        "version": 1,
        "created_at": business_now(),
    }


def _tier_id(
    work: UnitOfWork, owner: Owner, snapshot: SubscriptionSnapshot, prices: Prices
) -> int | None:
    known = prices.get(snapshot.price_id)
    if known is not None:
        return known.tier_id
    reference = read_metadata(snapshot.metadata)
    tier: SubscriptionTier | None = None
    if reference is not None and reference.code is not None:
        tier = tiers.find_on_platform(work.session, owner.platform_id, reference.code)
    if tier is not None:
        return tier.id
    settings = entitlement_rows.find_settings(work.session, owner.platform_id)
    return settings.default_tier_id if settings else None
