"""The way to Stripe's own page for card, details and documents (S10)."""

from app.kit.db import unit_of_work
from app.modules.billing.exceptions import NoActiveSubscriptionError
from app.modules.billing.gateways.errors import MissingAtStripe
from app.modules.billing.gateways.stripe_customers import is_deleted
from app.modules.billing.gateways.stripe_portal import create_portal_session
from app.modules.billing.models import StripeAccount
from app.modules.billing.repositories import entitlement_rows
from app.modules.billing.services.buyer import Buyer, audit_spending
from app.modules.billing.services.checkout import require_payments
from app.modules.billing.services.stripe_locale import stripe_locale

ONLY_ROW = 1


def open_portal(buyer: Buyer) -> str:
    """Return the address of a page made for this click; it leads back to the billing page.

    Raises PaymentSystemNotConfiguredError, NoActiveSubscriptionError for a merchant that Stripe
    does not know yet, or no longer, and as `gateways.client.ask`.
    """
    require_payments()
    with unit_of_work() as work:
        subscription = entitlement_rows.find_subscription(work.session, buyer.owner)
        if subscription is None or subscription.stripe_customer_id is None:
            raise NoActiveSubscriptionError
        account = work.session.get(StripeAccount, ONLY_ROW)
        locale = stripe_locale(work, buyer.owner.platform_id, buyer.locale)
        audit_spending(work, buyer, "subscription.portal_opened", subscription=subscription)
    customer_id = subscription.stripe_customer_id
    try:
        return create_portal_session(
            customer_id,
            return_url=buyer.billing_page,
            locale=locale,
            configuration_id=None if account is None else account.portal_configuration_id,
        )
    except MissingAtStripe:
        if is_deleted(customer_id):
            raise NoActiveSubscriptionError from None
        raise
