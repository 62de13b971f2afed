"""Which invoice a charge was for: old versions of the API say so, newer ones have to be asked."""

from app.contracts.tenants import Owner
from app.kit.db import UnitOfWork
from app.modules.billing.gateways.snapshots import InvoiceSnapshot
from app.modules.billing.gateways.stripe_invoices import fetch_invoice
from app.modules.billing.gateways.stripe_payments import invoice_paid_by
from app.modules.billing.models import BillingHistory
from app.modules.billing.services.webhooks.handlers.belonging import id_of
from app.modules.billing.services.webhooks.handlers.invoices import merge_news
from app.modules.billing.services.webhooks.outcome import Event


def ask_for_invoice(event: Event) -> InvoiceSnapshot | None:
    """Return the invoice of a charge, or of a dispute's charge; None where it has none.

    Asked whole, since news of the charge may come before news of the invoice. Raises as `ask`.
    """
    invoice_id = id_of(event.object.get("invoice"))
    intent_id = id_of(event.object.get("payment_intent"))
    if invoice_id is None and intent_id is not None:
        invoice_id = invoice_paid_by(intent_id)
    return None if invoice_id is None else fetch_invoice(invoice_id)


def known_invoice(work: UnitOfWork, event: Event) -> BillingHistory | None:
    """Return the row of the invoice that was asked for, locked; None for a stranger's."""
    if event.fetched is None:
        return None
    [known] = merge_news(work, [event.fetched])
    return None if known is None else known.row


def owner_of(row: BillingHistory) -> Owner:
    """Return whose invoice it is."""
    return Owner(row.merchant_id, row.platform_id)
