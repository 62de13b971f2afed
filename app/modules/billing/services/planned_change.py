"""Which change of tier or interval somebody wants, and whether it can be made (D21)."""

from dataclasses import dataclass
from enum import StrEnum

from app.contracts.tenants import Owner
from app.kit.db import UnitOfWork
from app.modules.billing.exceptions import (
    AlreadyOnThisPlan,
    CancellationScheduled,
    ManagedByOperator,
    NoActiveSubscriptionError,
    PayFirst,
    StripePriceNotConfiguredError,
    TierNotFoundError,
)
from app.modules.billing.gateways.stripe_invoices import find_open_invoice
from app.modules.billing.models import MerchantSubscription, SubscriptionTier
from app.modules.billing.repositories import entitlement_rows, tiers
from app.modules.billing.services.change_effects import ChangeEffects, effects_of
from app.modules.billing.services.checkout import price_at_stripe
from app.modules.billing.services.tier_changes import BY_OPERATOR, ENDED, PAY_FIRST, is_upgrade
from app.modules.billing.services.tier_prices import MONTH, YEAR


class ChangeKind(StrEnum):
    """Whether a change counts at once, or from the next period on."""

    UPGRADE = "upgrade"
    DOWNGRADE = "downgrade"


@dataclass(frozen=True)
class PlannedChange:
    """A change that could be made; `price_id` is None for a local trial, which pays nothing."""

    subscription: MerchantSubscription
    tier: SubscriptionTier
    is_annual: bool
    kind: ChangeKind
    price_id: str | None
    effects: ChangeEffects

    @property
    def interval(self) -> str:
        """Stripe's word for the period that is paid."""
        return YEAR if self.is_annual else MONTH

    @property
    def stripe_id(self) -> str | None:
        """The subscription at Stripe."""
        return self.subscription.stripe_subscription_id


def plan_change(
    work: UnitOfWork, owner: Owner, *, tier_code: str, is_annual: bool
) -> PlannedChange:
    """Work out a change of a running subscription; nothing is written.

    Raises NoActiveSubscriptionError, ManagedByOperator, CancellationScheduled, TierNotFoundError,
    AlreadyOnThisPlan, StripePriceNotConfiguredError.
    """
    subscription = get_own_subscription(work, owner)
    if subscription.cancel_at is not None:
        raise CancellationScheduled
    wanted = _wanted_tier(work, subscription, tier_code)
    if (wanted.id, is_annual) == (subscription.tier_id, subscription.is_annual):
        raise AlreadyOnThisPlan
    return _planned(work, subscription, wanted, is_annual=is_annual)


def planned_for_operator(
    work: UnitOfWork,
    subscription: MerchantSubscription,
    tier: SubscriptionTier,
    *,
    is_annual: bool | None,
) -> PlannedChange | None:
    """Return the change that an operator wants of what Stripe bills; None where nothing changes.

    Raises CancellationScheduled, StripePriceNotConfiguredError.
    """
    annual = subscription.is_annual if is_annual is None else is_annual
    if (tier.id, annual) == (subscription.tier_id, subscription.is_annual):
        return None
    if subscription.cancel_at is not None:
        raise CancellationScheduled
    return _planned(work, subscription, tier, is_annual=annual)


def get_own_subscription(work: UnitOfWork, owner: Owner) -> MerchantSubscription:
    """Return the running subscription that its owner may change.

    Raises NoActiveSubscriptionError, ManagedByOperator (D19).
    """
    subscription = entitlement_rows.find_subscription(work.session, owner)
    if subscription is None or subscription.status in ENDED:
        raise NoActiveSubscriptionError
    if subscription.billing_source in BY_OPERATOR:
        raise ManagedByOperator
    return subscription


def refuse_unpaid(subscription: MerchantSubscription) -> None:
    """Raise PayFirst, with the way to pay, while something is unpaid (D21). Asks Stripe."""
    stripe_id = subscription.stripe_subscription_id
    if stripe_id is None or subscription.status not in PAY_FIRST:
        return
    invoice = find_open_invoice(stripe_id)
    raise PayFirst(payment_url=None if invoice is None else invoice.hosted_url)


def _planned(
    work: UnitOfWork,
    subscription: MerchantSubscription,
    wanted: SubscriptionTier,
    *,
    is_annual: bool,
) -> PlannedChange:
    held = work.session.get_one(SubscriptionTier, subscription.tier_id)
    to_annual = is_annual if wanted.id == held.id else None
    upward = is_upgrade(held.rank, wanted.rank, to_annual=to_annual)
    return PlannedChange(
        subscription,
        wanted,
        is_annual,
        ChangeKind.UPGRADE if upward else ChangeKind.DOWNGRADE,
        _price(subscription, wanted, is_annual=is_annual),
        effects_of(work, Owner(subscription.merchant_id, subscription.platform_id), wanted.id),
    )


def _wanted_tier(
    work: UnitOfWork, subscription: MerchantSubscription, code: str
) -> SubscriptionTier:
    tier = tiers.find_on_platform(work.session, subscription.platform_id, code)
    is_held = tier is not None and tier.id == subscription.tier_id
    if tier is None or not (is_held or (tier.is_active and tier.is_public)):
        raise TierNotFoundError(code=code)
    return tier


def _price(
    subscription: MerchantSubscription, tier: SubscriptionTier, *, is_annual: bool
) -> str | None:
    if subscription.stripe_subscription_id is not None:
        return price_at_stripe(tier, is_annual=is_annual)
    if is_annual and tier.price_annual_cents is None:
        raise StripePriceNotConfiguredError
    return None
