"""What Stripe says of one subscription now, asked with no transaction open (S2)."""

from dataclasses import dataclass

from app.modules.billing.gateways.snapshots import ScheduleSnapshot, SubscriptionSnapshot
from app.modules.billing.gateways.stripe_payments import payment_error_of
from app.modules.billing.gateways.stripe_subscriptions import fetch_subscription

_IN_ARREARS = {"past_due", "unpaid"}


@dataclass(frozen=True, slots=True)
class Fetched:
    """A subscription, the schedule it follows, and why it could not be paid."""

    subscription: SubscriptionSnapshot
    schedule: ScheduleSnapshot | None
    payment_error: str | None = None


def fetch(stripe_subscription_id: str) -> Fetched:
    """Ask Stripe. Raises as `fetch_subscription`."""
    subscription, schedule = fetch_subscription(stripe_subscription_id)
    invoice_id = subscription.latest_invoice_id
    error = None
    if subscription.status in _IN_ARREARS and invoice_id is not None:
        error = payment_error_of(invoice_id)
    return Fetched(subscription, schedule, error)
