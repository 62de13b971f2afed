"""Noting a payment that came by bank transfer, and giving somebody more time (D11, D19)."""

from datetime import datetime

from app.contracts.tenants import Owner
from app.kit.calendar import Window
from app.kit.clocks import business_now
from app.kit.db import UnitOfWork
from app.kit.errors import InvalidInput
from app.modules.billing.exceptions import NotBilledByOperator, NotPastDue, SubscriptionNotFound
from app.modules.billing.models import (
    BillingSource,
    MerchantSubscription,
    SubscriptionStatus,
    SubscriptionTier,
)
from app.modules.billing.services.actor import Operator
from app.modules.billing.services.entitlement_changes import entitlements_changed
from app.modules.billing.services.lifecycle.periods import following_period
from app.modules.billing.services.operate_subscription import find_in_scope
from app.modules.billing.services.operated_plan import next_period_end, price_by_tier
from app.modules.billing.services.operator_audit import audit_operator, seen
from app.modules.billing.services.subscription_changes import record_change, told
from app.modules.billing.services.tier_changes import ENDED


def mark_paid(
    work: UnitOfWork, operator: Operator, owner: Owner, *, paid_until: datetime | None
) -> None:
    """Note that a period was paid; without `paid_until` the one after the present one.

    What has ended begins anew. Raises SubscriptionNotFound, NotBilledByOperator, InvalidInput.
    """
    subscription = _get(work, operator, owner)
    if subscription.billing_source != BillingSource.MANUAL:
        raise NotBilledByOperator
    before, arr_cents, shown = told(subscription), subscription.arr_cents, seen(subscription)
    following = _following(subscription)
    ends = paid_until or following.end
    if ends <= business_now():
        raise InvalidInput.at("/paid_until", "not_in_future")
    starts = following.start
    subscription.period_start = min(starts, business_now()) if paid_until else starts
    subscription.period_end = ends
    subscription.status = SubscriptionStatus.ACTIVE
    subscription.past_due_since = subscription.grace_until = None
    subscription.cancel_at = subscription.cancelled_at = None
    price_by_tier(subscription, work.session.get_one(SubscriptionTier, subscription.tier_id))
    record_change(
        work, subscription, cause="marked_paid", before=before, arr_cents_before=arr_cents
    )
    audit_operator(
        work,
        operator,
        subscription,
        "subscription.marked_paid",
        before=shown,
        after=seen(subscription),
    )


def extend_grace(work: UnitOfWork, operator: Operator, owner: Owner, *, until: datetime) -> None:
    """Give a merchant in arrears full rights for longer; whoever bills it (D11).

    Raises SubscriptionNotFound, NotPastDue, InvalidInput.
    """
    subscription = _get(work, operator, owner)
    if subscription.status != SubscriptionStatus.PAST_DUE:
        raise NotPastDue
    if until <= business_now():
        raise InvalidInput.at("/until", "not_in_future")
    before = seen(subscription)
    subscription.grace_until = until
    audit_operator(
        work,
        operator,
        subscription,
        "subscription.grace_extended",
        before=before,
        after=seen(subscription),
    )
    entitlements_changed(work, subscription.platform_id, subscription.merchant_id)


def _following(subscription: MerchantSubscription) -> Window:
    """Return the period after the present one; for what has ended, one that begins now."""
    if subscription.status in ENDED:
        now = business_now()
        return Window(now, next_period_end(now, is_annual=subscription.is_annual))
    return following_period(
        Window(subscription.period_start, subscription.period_end),
        anchor=subscription.usage_anchor,
        is_annual=subscription.is_annual,
    )


def _get(work: UnitOfWork, operator: Operator, owner: Owner) -> MerchantSubscription:
    subscription = find_in_scope(work, operator, owner)
    if subscription is None:
        raise SubscriptionNotFound
    return subscription
