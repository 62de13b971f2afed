"""Ending a subscription: with its paid period, or at once (D23, S8)."""

from dataclasses import dataclass
from datetime import datetime

from app.kit.clocks import business_now
from app.kit.db import UnitOfWork, unit_of_work
from app.modules.billing.gateways.stripe_changes import (
    cancel_at_period_end,
    cancel_now,
    release_schedule,
)
from app.modules.billing.gateways.stripe_subscriptions import fetch_subscription
from app.modules.billing.models import MerchantSubscription, SubscriptionStatus
from app.modules.billing.services.buyer import Buyer, audit_spending
from app.modules.billing.services.current_plan import PendingChange, pending_change
from app.modules.billing.services.notices import Notice, notify
from app.modules.billing.services.planned_change import get_own_subscription
from app.modules.billing.services.subscription_changes import record_change, told
from app.modules.billing.services.sync import sync_now


@dataclass(frozen=True)
class Cancelled:
    """When it ends, and the scheduled change that was dropped for it (D23)."""

    ends_at: datetime
    dropped: PendingChange | None


def cancel_subscription(
    buyer: Buyer, *, reason: str | None = None, immediately: bool = False
) -> Cancelled:
    """End the merchant's plan with its period, or at once and without a refund.

    Raises NoActiveSubscriptionError, ManagedByOperator, and as `gateways.client.ask`.
    """
    with unit_of_work() as work:
        subscription = get_own_subscription(work, buyer.owner)
        dropped = pending_change(work, subscription)
        audit_spending(
            work,
            buyer,
            "subscription.cancel_requested",
            subscription=subscription,
            immediately=immediately,
            reason=reason,
        )
        stripe_id = subscription.stripe_subscription_id
        if stripe_id is None:
            return _cancel_trial(work, subscription, reason=reason, immediately=immediately)
    ends_at = _cancel_at_stripe(subscription, stripe_id, reason=reason, immediately=immediately)
    return Cancelled(ends_at, dropped)


def _cancel_at_stripe(
    subscription: MerchantSubscription, stripe_id: str, *, reason: str | None, immediately: bool
) -> datetime:
    running, schedule = fetch_subscription(stripe_id)
    if schedule is not None and schedule.is_live:
        release_schedule(schedule.id)
    if immediately:
        cancel_now(stripe_id, reason=reason)
    elif running.ends_at is None:
        key = ("cancel", subscription.id, subscription.version)
        cancel_at_period_end(stripe_id, reason=reason, key=key)
    sync_now(stripe_id)
    return business_now() if immediately else running.ends_at or running.period_end


def _cancel_trial(
    work: UnitOfWork, subscription: MerchantSubscription, *, reason: str | None, immediately: bool
) -> Cancelled:
    """A local trial ends by our own clock."""
    now = business_now()
    before = told(subscription)
    ends_at = now if immediately else subscription.trial_ends_at or now
    subscription.cancel_at = ends_at
    subscription.cancellation_reason = reason
    if immediately:
        subscription.status = SubscriptionStatus.CANCELLED
        subscription.cancelled_at = now
    record_change(
        work,
        subscription,
        cause="cancelled",
        before=before,
        arr_cents_before=subscription.arr_cents,
    )
    notice = Notice.SUBSCRIPTION_ENDED if immediately else Notice.TRIAL_CANCELLED
    notify(work, subscription, notice, key=f"trial:{subscription.version}", ends_at=ends_at)
    return Cancelled(ends_at, None)
