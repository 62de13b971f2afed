"""The tiers that a merchant can choose from."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.contracts.tenants import Owner
from app.kit.db import UnitOfWork
from app.modules.billing.models import MerchantSubscription, SubscriptionTier, TierFeatureLimit
from app.modules.billing.repositories import subscriptions, tiers
from app.modules.billing.services.features_registry import registry
from app.modules.billing.services.tier_changes import Held, Offered, TierChange, change_to


@dataclass(frozen=True)
class OfferedPlan:
    """A tier with what it holds; `monthly` and `annual` say what choosing it means."""

    tier: SubscriptionTier
    limits: Sequence[TierFeatureLimit]
    is_current: bool
    monthly: TierChange
    annual: TierChange


def offered_tiers(work: UnitOfWork, owner: Owner) -> list[OfferedPlan]:
    """Return the active public tiers of the platform and the merchant's own, by display order."""
    found = subscriptions.find_with_tier(work.session, owner)
    held = None if found is None else _held(*found)
    held_id = None if held is None else held.tier_id
    shown = tiers.offered_on(work.session, owner.platform_id, also=held_id)
    limits = shown_limits(work, [tier.id for tier in shown])
    return [
        OfferedPlan(
            tier,
            limits.get(tier.id, ()),
            tier.id == held_id,
            change_to(held, _offer(tier, is_annual=False)),
            change_to(held, _offer(tier, is_annual=True)),
        )
        for tier in shown
    ]


def public_tiers(
    work: UnitOfWork, platform_id: int
) -> list[tuple[SubscriptionTier, Sequence[TierFeatureLimit]]]:
    """Return what anybody may choose at sign-up, each tier with what it holds."""
    shown = tiers.offered_on(work.session, platform_id, also=None)
    limits = shown_limits(work, [tier.id for tier in shown])
    return [(tier, limits.get(tier.id, ())) for tier in shown]


def shown_limits(
    work: UnitOfWork, tier_ids: Sequence[int]
) -> Mapping[int, Sequence[TierFeatureLimit]]:
    """Return the enabled rows of some tiers in order of declaration, without unknown features."""
    order = {code: place for place, code in enumerate(registry().declarations)}
    by_tier = defaultdict(list)
    for row in tiers.limits_of(work.session, tier_ids):
        if row.enabled and row.feature_code in order:
            by_tier[row.tier_id].append(row)
    return {
        tier_id: sorted(rows, key=lambda row: order[row.feature_code])
        for tier_id, rows in by_tier.items()
    }


def _held(subscription: MerchantSubscription, tier: SubscriptionTier) -> Held:
    return Held(
        tier_id=tier.id,
        rank=tier.rank,
        is_annual=subscription.is_annual,
        status=subscription.status,
        billing_source=subscription.billing_source,
        is_at_stripe=subscription.stripe_subscription_id is not None,
    )


def _offer(tier: SubscriptionTier, *, is_annual: bool) -> Offered:
    priced = tier.price_annual_cents is not None if is_annual else True
    return Offered(tier.id, tier.rank, is_annual, priced and tier.is_active and tier.is_public)
