"""A merchant's customer at Stripe: one for each platform, made when it is first needed (S5)."""

from app.contracts.tenants import Owner
from app.kit.db import unit_of_work
from app.modules.billing.gateways.metadata import customer_metadata
from app.modules.billing.gateways.stripe_customers import CustomerDraft, create_customer, is_deleted
from app.modules.billing.repositories import entitlement_rows, subscriptions
from app.modules.billing.services.stripe_account import require_own_account
from app.modules.billing.services.stripe_locale import stripe_locale
from app.modules.tenancy.public import BillingContact, billing_contact


def ensure_customer(owner: Owner, *, locale: str) -> str:
    """Return the merchant's customer id; two who ask at once get the same one (S2).

    One that was deleted at Stripe is followed by a new one; so is one that the key of a first
    request still leads to, as Stripe repeats its answers for a day. Raises OtherStripeAccount,
    and as `gateways.client.ask`.
    """
    require_own_account()
    with unit_of_work(read_only=True) as work:
        subscription = entitlement_rows.find_subscription(work.session, owner)
        contact = billing_contact(work, owner.merchant_id)
        draft = _draft(owner, contact, stripe_locale(work, owner.platform_id, locale))
    known = None if subscription is None else subscription.stripe_customer_id
    since = subscription.created_at.isoformat() if subscription is not None else "none"
    found = known
    while found is None or is_deleted(found):
        found = create_customer(draft, key=("customer", *owner, since, found or "first"))
    return found if found == known else _link(owner, found, instead_of=known)


def _link(owner: Owner, customer_id: str, *, instead_of: str | None) -> str:
    """Keep the first customer; a merchant without any subscription yet is linked by its first."""
    with unit_of_work() as work:
        subscription = subscriptions.lock(work.session, owner)
        if subscription is None:
            return customer_id
        linked = subscription.stripe_customer_id
        if linked is None or linked == instead_of:
            subscription.stripe_customer_id = linked = customer_id
        return linked


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
