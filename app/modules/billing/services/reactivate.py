"""Taking a scheduled end back (D23, S8)."""

from app.kit.db import UnitOfWork, unit_of_work
from app.modules.billing.exceptions import SubscriptionNotCancelledError
from app.modules.billing.gateways.stripe_changes import keep
from app.modules.billing.gateways.stripe_subscriptions import fetch_subscription
from app.modules.billing.models import MerchantSubscription
from app.modules.billing.services.buyer import Buyer, audit_spending
from app.modules.billing.services.notices import Notice, notify
from app.modules.billing.services.planned_change import get_own_subscription
from app.modules.billing.services.subscription_changes import record_change, told
from app.modules.billing.services.sync import sync_now


def reactivate_subscription(buyer: Buyer) -> None:
    """Let a plan go on that was about to end; one that has ended goes through checkout.

    Raises NoActiveSubscriptionError, ManagedByOperator, SubscriptionNotCancelledError, and as
    `gateways.client.ask`.
    """
    with unit_of_work() as work:
        subscription = get_own_subscription(work, buyer.owner)
        stripe_id = subscription.stripe_subscription_id
        if stripe_id is None and subscription.cancel_at is None:
            raise SubscriptionNotCancelledError
        audit_spending(
            work, buyer, "subscription.reactivation_requested", subscription=subscription
        )
        if stripe_id is None:
            _keep_trial(work, subscription)
            return
    running, _schedule = fetch_subscription(stripe_id)
    is_ending = running.ends_at is not None and running.ended_at is None
    if is_ending:
        keep(running, key=("reactivate", subscription.id, subscription.version))
    sync_now(stripe_id)
    if not is_ending:
        raise SubscriptionNotCancelledError


def _keep_trial(work: UnitOfWork, subscription: MerchantSubscription) -> None:
    before = told(subscription)
    subscription.cancel_at = subscription.cancellation_reason = None
    record_change(
        work,
        subscription,
        cause="reactivated",
        before=before,
        arr_cents_before=subscription.arr_cents,
    )
    notify(
        work,
        subscription,
        Notice.TRIAL_KEPT,
        key=f"trial:{subscription.version}",
        trial_ends_at=subscription.trial_ends_at,
    )
