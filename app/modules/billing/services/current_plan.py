"""The plan that a merchant has, as its billing page tells it."""

from dataclasses import dataclass
from datetime import datetime

from app.contracts.features import Access
from app.contracts.tenants import Owner
from app.kit.clocks import business_now
from app.kit.db import UnitOfWork
from app.kit.pagination import Page, PageRequest
from app.modules.billing.models import (
    BillingSource,
    MerchantSubscription,
    SubscriptionStatus,
    SubscriptionTier,
)
from app.modules.billing.repositories import subscriptions, tiers
from app.modules.billing.services.access import access_at
from app.modules.billing.services.entitlement_facts import state_of
from app.modules.billing.settings import billing_settings

NONE = "none"
_RENEWING = (SubscriptionStatus.ACTIVE, SubscriptionStatus.PAST_DUE)


@dataclass(frozen=True)
class PendingChange:
    """A change of tier or interval that was scheduled (D21)."""

    tier_code: str
    is_annual: bool
    effective_at: datetime | None


@dataclass(frozen=True)
class CurrentPlan:
    """A merchant's subscription with its tier and what is scheduled; all None without one.

    `access_until` is when our own clock alone changes the access.
    """

    access: Access
    subscription: MerchantSubscription | None = None
    tier: SubscriptionTier | None = None
    pending: PendingChange | None = None
    access_until: datetime | None = None

    @property
    def status(self) -> str:
        """Status of the subscription, `none` without one."""
        return NONE if self.subscription is None else self.subscription.status

    @property
    def is_trial(self) -> bool:
        """Whether it is being tried."""
        return self.status == SubscriptionStatus.TRIAL

    @property
    def next_billing_at(self) -> datetime | None:
        """When money is due next; None where nothing will be billed."""
        one = self.subscription
        if one is None or one.cancel_at is not None or one.billing_source == BillingSource.COMP:
            return None
        if self.is_trial and one.stripe_subscription_id is not None:
            return one.trial_ends_at
        return one.period_end if one.status in _RENEWING else None


def current_plan(work: UnitOfWork, owner: Owner) -> CurrentPlan:
    """Read the plan of a merchant on a platform."""
    found = subscriptions.find_with_tier(work.session, owner)
    if found is None:
        grace = billing_settings().billing_grace
        return CurrentPlan(access_at(None, business_now(), grace=grace).access)
    return _plan_of(work, *found)


def plans_of_merchant(
    work: UnitOfWork, merchant_id: int, request: PageRequest
) -> Page[CurrentPlan]:
    """Read a page of the plans that a merchant has, by platform; as many queries as for one."""
    page = subscriptions.list_of_merchant(work.session, merchant_id, request)
    held = {one.tier_id for one in page.items}
    pending = {one.pending_tier_id for one in page.items if one.pending_tier_id is not None}
    known = tiers.by_id(work.session, held | pending)
    return page.map(lambda one: _plan_of(work, one, known[one.tier_id]))


def _plan_of(
    work: UnitOfWork, subscription: MerchantSubscription, tier: SubscriptionTier
) -> CurrentPlan:
    grace = billing_settings().billing_grace
    span = access_at(state_of(subscription), business_now(), grace=grace)
    pending = pending_change(work, subscription)
    return CurrentPlan(span.access, subscription, tier, pending, span.until)


def pending_change(work: UnitOfWork, subscription: MerchantSubscription) -> PendingChange | None:
    """Return what was scheduled for a subscription."""
    if subscription.pending_tier_id is None and subscription.pending_is_annual is None:
        return None
    to_annual = subscription.pending_is_annual
    tier_id = subscription.pending_tier_id or subscription.tier_id
    return PendingChange(
        work.session.get_one(SubscriptionTier, tier_id).code,
        subscription.is_annual if to_annual is None else to_annual,
        subscription.pending_effective_at,
    )
