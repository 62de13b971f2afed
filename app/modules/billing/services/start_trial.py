"""The trial that a merchant begins with on a platform (D3)."""

from datetime import timedelta

from app.contracts.hooks import MerchantCreated, MerchantCreatedHook
from app.contracts.tenants import Owner
from app.kit.clocks import business_now
from app.kit.db import UnitOfWork
from app.modules.billing.exceptions import TierNotFoundError
from app.modules.billing.models import (
    BillingSource,
    MerchantSubscription,
    SubscriptionStatus,
    SubscriptionTier,
)
from app.modules.billing.repositories import entitlement_rows, tiers
from app.modules.billing.services.subscription_changes import record_change
from app.modules.billing.settings import billing_settings


class TrialForNewMerchants(MerchantCreatedHook):
    """A merchant that begins on a platform gets a trial of the chosen or the default tier."""

    def merchant_created(self, work: UnitOfWork, event: MerchantCreated) -> None:
        """Start it in the transaction that creates the merchant. Raises TierNotFoundError."""
        start_trial(work, event.owner, tier_code=event.tier_code)


def start_trial(
    work: UnitOfWork, owner: Owner, *, tier_code: str | None
) -> MerchantSubscription | None:
    """Begin the one trial that a merchant has on a platform, ever; None where it had one (D3).

    A chosen tier must be active and public. Raises TierNotFoundError.
    """
    if entitlement_rows.find_subscription(work.session, owner) is not None:
        return None
    tier = _trial_tier(work, owner.platform_id, tier_code)
    if tier is None:
        return None
    now = business_now()
    ends_at = now + timedelta(days=billing_settings().stripe_trial_days)
    subscription = MerchantSubscription(
        merchant_id=owner.merchant_id,
        platform_id=owner.platform_id,
        tier_id=tier.id,
        status=SubscriptionStatus.TRIAL,
        billing_source=BillingSource.TRIAL,
        period_start=now,
        period_end=ends_at,
        usage_anchor=now,
        trial_ends_at=ends_at,
        currency=tier.currency,
        created_at=now,
    )
    work.session.add(subscription)
    record_change(work, subscription, cause="trial_started", before=None, arr_cents_before=0)
    return subscription


def _trial_tier(
    work: UnitOfWork, platform_id: int, tier_code: str | None
) -> SubscriptionTier | None:
    if tier_code is not None:
        tier = tiers.find_on_platform(work.session, platform_id, tier_code)
        if tier is None or not (tier.is_active and tier.is_public):
            raise TierNotFoundError(code=tier_code)
        return tier
    settings = entitlement_rows.find_settings(work.session, platform_id)
    if settings is None or settings.default_tier_id is None:
        return None
    return work.session.get_one(SubscriptionTier, settings.default_tier_id)
