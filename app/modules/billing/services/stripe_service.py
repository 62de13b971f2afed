"""The face of Stripe: what its gateways can do, in one place."""

from typing import Any

from app.modules.billing.gateways.signatures import construct_event
from app.modules.billing.gateways.snapshots import (
    CheckoutSnapshot,
    InvoiceSnapshot,
    ScheduleSnapshot,
    SubscriptionSnapshot,
)
from app.modules.billing.gateways.stripe_checkout import fetch_session
from app.modules.billing.gateways.stripe_invoices import fetch_invoice
from app.modules.billing.gateways.stripe_subscriptions import fetch_subscription
from app.modules.billing.settings import billing_settings


class StripeService:
    """Stripe's objects as our own values (S1); no unit of work may be open (S2)."""

    @property
    def is_configured(self) -> bool:
        """Whether anything can be paid (S3)."""
        return billing_settings().payments_configured

    def construct_event(self, payload: bytes, signature: str | None) -> dict[str, Any]:
        """Return the event of a signed webhook.

        Raises PaymentSystemNotConfiguredError, BadWebhookSignature, UnreadableWebhook (S11).
        """
        return construct_event(payload, signature)

    def get_subscription(
        self, subscription_id: str
    ) -> tuple[SubscriptionSnapshot, ScheduleSnapshot | None]:
        """Return a subscription and its schedule as they are now. Raises as `client.ask`."""
        return fetch_subscription(subscription_id)

    def get_invoice(self, invoice_id: str) -> InvoiceSnapshot:
        """Return an invoice as it is now. Raises as `client.ask`."""
        return fetch_invoice(invoice_id)

    def get_checkout_session(self, session_id: str) -> CheckoutSnapshot:
        """Return a checkout session as it is now. Raises as `client.ask`."""
        return fetch_session(session_id)


stripe_service = StripeService()
