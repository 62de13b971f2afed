"""A merchant's invoices: fresh links, and the one to come (D28)."""

from dataclasses import dataclass
from datetime import datetime

from app.contracts.tenants import Owner
from app.kit.db import unit_of_work
from app.modules.billing.exceptions import (
    InvoiceNotFound,
    NoActiveSubscriptionError,
    NothingUpcoming,
)
from app.modules.billing.gateways.errors import RefusedByStripe
from app.modules.billing.gateways.snapshots import LineSnapshot
from app.modules.billing.gateways.stripe_invoices import fetch_invoice
from app.modules.billing.gateways.stripe_previews import BillPreview, preview_upcoming
from app.modules.billing.models import BillingHistory, SubscriptionStatus
from app.modules.billing.repositories import billing_history, entitlement_rows
from app.modules.billing.services.checkout import is_live_at_stripe

OPEN = "open"
NONE_UPCOMING = "invoice_upcoming_none"


@dataclass(frozen=True)
class UpcomingInvoice:
    """What will be billed next, unless something changes before."""

    amount_due_cents: int
    currency: str
    date: datetime
    lines: tuple[LineSnapshot, ...]


def get_pdf_link(owner: Owner, invoice_id: int) -> str:
    """Return a link to the document that holds for a while; links are never stored.

    Raises InvoiceNotFound, and as `gateways.client.ask`.
    """
    return _fresh_link(_stripe_id(owner, invoice_id))


def get_merchant_pdf_link(
    merchant_id: int, invoice_id: int, *, platform_ids: frozenset[int] | None = None
) -> str:
    """Return a link to the document of an invoice of some platforms (None: of any).

    Raises InvoiceNotFound, and as `gateways.client.ask`.
    """
    with unit_of_work(read_only=True) as work:
        invoice = billing_history.find_of_merchant(
            work.session, merchant_id, invoice_id, platform_ids=platform_ids
        )
    return _fresh_link(_known_to_stripe(invoice))


def get_payment_link(owner: Owner, invoice_id: int) -> str:
    """Return the page on which an open invoice can be paid.

    Raises InvoiceNotFound where it is not open, and as `gateways.client.ask`.
    """
    invoice = fetch_invoice(_stripe_id(owner, invoice_id))
    if invoice.status != OPEN or invoice.hosted_url is None:
        raise InvoiceNotFound
    return invoice.hosted_url


def get_upcoming_invoice(owner: Owner) -> UpcomingInvoice:
    """Return the next bill of the plan.

    Raises NoActiveSubscriptionError without a subscription at Stripe, NothingUpcoming where no bill
    will come, and as `gateways.client.ask`.
    """
    with unit_of_work(read_only=True) as work:
        subscription = entitlement_rows.find_subscription(work.session, owner)
    if subscription is None or not is_live_at_stripe(subscription):
        raise NoActiveSubscriptionError
    if subscription.cancel_at is not None or subscription.status == SubscriptionStatus.PAUSED:
        raise NothingUpcoming
    assert subscription.stripe_subscription_id is not None
    bill = _upcoming(subscription.stripe_subscription_id)
    invoice = bill.invoice
    return UpcomingInvoice(invoice.amount_due_cents, invoice.currency, bill.due_at, invoice.lines)


def _upcoming(subscription_id: str) -> BillPreview:
    try:
        return preview_upcoming(subscription_id)
    except RefusedByStripe as refused:
        if refused.reason == NONE_UPCOMING:
            raise NothingUpcoming from refused
        raise


def _stripe_id(owner: Owner, invoice_id: int) -> str:
    with unit_of_work(read_only=True) as work:
        invoice = billing_history.find_invoice(work.session, owner, invoice_id)
    return _known_to_stripe(invoice)


def _known_to_stripe(invoice: BillingHistory | None) -> str:
    if invoice is None or invoice.stripe_invoice_id is None:
        raise InvoiceNotFound
    return invoice.stripe_invoice_id


def _fresh_link(stripe_invoice_id: str) -> str:
    link = fetch_invoice(stripe_invoice_id).pdf_url
    if link is None:
        raise InvoiceNotFound
    return link
