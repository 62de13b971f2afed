"""A merchant's customer at Stripe: one for each platform, made when it is first needed (S5)."""

from app.contracts.tenants import Owner
from app.kit.db import unit_of_work
from app.modules.billing.gateways.metadata import customer_metadata
from app.modules.billing.gateways.stripe_customers import CustomerDraft, create_customer
from app.modules.billing.repositories import entitlement_rows, subscriptions
from app.modules.billing.services.stripe_account import require_own_account
from app.modules.billing.services.stripe_locale import stripe_locale
from app.modules.tenancy.public import BillingContact, billing_contact


def ensure_customer(owner: Owner, *, locale: str) -> str:
    """Return the merchant's customer id; two who ask at once get the same one (S2).

    Raises OtherStripeAccount, and as `gateways.client.ask`.
    """
    require_own_account()
    with unit_of_work(read_only=True) as work:
        subscription = entitlement_rows.find_subscription(work.session, owner)
        if subscription is not None and subscription.stripe_customer_id is not None:
            return subscription.stripe_customer_id
        contact = billing_contact(work, owner.merchant_id)
        draft = _draft(owner, contact, stripe_locale(work, owner.platform_id, locale))
    since = subscription.created_at.isoformat() if subscription is not None else "none"
    made = create_customer(draft, key=("customer", *owner, since))
    return _link(owner, made)


def _link(owner: Owner, customer_id: str) -> str:
    """Keep the first customer; a merchant without any subscription yet is linked by its first."""
    with unit_of_work() as work:
        subscription = subscriptions.lock(work.session, owner)
        if subscription is None:
            return customer_id
        if subscription.stripe_customer_id is None:
            subscription.stripe_customer_id = customer_id
        return subscription.stripe_customer_id


def _draft(owner: Owner, contact: BillingContact, locale: str) -> CustomerDraft:
    address = {
        "line1": contact.address_line,
        "postal_code": contact.postal_code,
        "city": contact.city,
        "country": contact.country,
    }
    return CustomerDraft(
        name=contact.name,
        email=contact.email,
        locale=locale,
        metadata=customer_metadata(owner),
        address={name: value for name, value in address.items() if value},
    )
