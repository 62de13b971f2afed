"""Invoices at Stripe: links, money given back."""

from typing import Any

from app.modules.billing.gateways.client import ask, keyed
from app.modules.billing.gateways.shapes import invoice_snapshot
from app.modules.billing.gateways.snapshots import InvoiceSnapshot


def fetch_invoice(invoice_id: str) -> InvoiceSnapshot:
    """Return an invoice as it is now, with links that still hold. Raises as `ask`."""
    return invoice_snapshot(ask(lambda stripe: stripe.v1.invoices.retrieve(invoice_id)))


def find_open_invoice(subscription_id: str) -> InvoiceSnapshot | None:
    """Return the newest invoice of a subscription that waits for money. Raises as `ask`."""
    params: Any = {"subscription": subscription_id, "status": "open", "limit": 1}
    found = ask(lambda stripe: stripe.v1.invoices.list(params))["data"]
    return invoice_snapshot(found[0]) if found else None


def refund_invoice(
    invoice_id: str, *, amount_cents: int | None, key: tuple[object, ...]
) -> tuple[str, int] | None:
    """Give back what was paid for an invoice, all of it without an amount; id and cents.

    None where nothing was paid by card. Raises as `ask`.
    """
    params: Any = {"invoice": invoice_id, "status": "paid", "limit": 1}
    paid = ask(lambda stripe: stripe.v1.invoice_payments.list(params))["data"]
    intent = paid[0]["payment"].get("payment_intent") if paid else None
    if intent is None:
        return None
    refund: Any = {"payment_intent": intent, "reason": "requested_by_customer"}
    if amount_cents is not None:
        refund["amount"] = amount_cents
    options: Any = keyed(*key)
    made = ask(lambda stripe: stripe.v1.refunds.create(refund, options))
    return str(made["id"]), int(made["amount"])
