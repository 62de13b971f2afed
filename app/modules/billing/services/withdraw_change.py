"""Taking a scheduled change back before it counts (D21)."""

from app.kit.db import unit_of_work
from app.modules.billing.exceptions import NoPendingChange
from app.modules.billing.gateways.stripe_changes import release_schedule
from app.modules.billing.gateways.stripe_subscriptions import fetch_subscription
from app.modules.billing.services.buyer import Buyer, audit_spending
from app.modules.billing.services.planned_change import get_own_subscription
from app.modules.billing.services.sync import sync_now


def withdraw_change(buyer: Buyer) -> None:
    """Drop the merchant's scheduled change.

    Raises NoActiveSubscriptionError, ManagedByOperator, NoPendingChange, and as
    `gateways.client.ask`.
    """
    with unit_of_work() as work:
        subscription = get_own_subscription(work, buyer.owner)
        stripe_id = subscription.stripe_subscription_id
        if stripe_id is None:
            raise NoPendingChange
        audit_spending(
            work, buyer, "subscription.change_withdrawal_requested", subscription=subscription
        )
    _running, schedule = fetch_subscription(stripe_id)
    has_change = schedule is not None and schedule.is_live
    if schedule is not None and has_change:
        release_schedule(schedule.id)
    sync_now(stripe_id)
    if not has_change:
        raise NoPendingChange
