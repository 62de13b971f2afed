"""Giving money back for an invoice (D23)."""

from dataclasses import dataclass

from app.contracts.tenants import Owner
from app.kit.db import unit_of_work
from app.kit.errors import InvalidInput
from app.kit.formats import money_text
from app.modules.billing.exceptions import (
    InvoiceNotFound,
    NothingToRefund,
    SubscriptionNotFound,
)
from app.modules.billing.gateways.stripe_invoices import refund_invoice
from app.modules.billing.models import BillingHistory
from app.modules.billing.repositories import billing_history
from app.modules.billing.services.actor import Operator
from app.modules.billing.services.operate_subscription import find_in_scope
from app.modules.billing.services.operator_audit import audit_operator


@dataclass(frozen=True)
class Refunded:
    """What was given back, in minor units of `currency`."""

    amount_cents: int
    currency: str


def refund(
    operator: Operator, owner: Owner, *, invoice_id: int, amount_cents: int | None, reason: str
) -> Refunded:
    """Give back what was paid for an invoice, or part of it; the subscription stays as it is.

    Raises SubscriptionNotFound, InvoiceNotFound, NothingToRefund, InvalidInput above what is
    left, and as `gateways.client.ask`.
    """
    with unit_of_work() as work:
        subscription = find_in_scope(work, operator, owner)
        if subscription is None:
            raise SubscriptionNotFound
        invoice = billing_history.find_invoice(work.session, owner, invoice_id)
        if invoice is None or invoice.stripe_invoice_id is None:
            raise InvoiceNotFound
        amount = _amount(invoice, amount_cents)
        already = invoice.refunded_cents
        asked = {"invoice_id": invoice.id, "amount_cents": amount, "reason": reason}
        audit_operator(work, operator, subscription, "subscription.refund_requested", after=asked)
    key = ("refund", invoice.stripe_invoice_id, already, amount)
    if refund_invoice(invoice.stripe_invoice_id, amount_cents=amount, key=key) is None:
        raise NothingToRefund
    _note(owner, invoice_id, already + amount)
    return Refunded(amount, invoice.currency)


def _amount(invoice: BillingHistory, wanted: int | None) -> int:
    left = invoice.amount_paid_cents - invoice.refunded_cents
    if left <= 0:
        raise NothingToRefund
    if wanted is not None and wanted > left:
        raise InvalidInput.at(
            "/amount_cents", "more_than_left", left=money_text(left, invoice.currency)
        )
    return wanted or left


def _note(owner: Owner, invoice_id: int, refunded_cents: int) -> None:
    """Refunds only rise: a webhook that was faster, or of a further refund, is left standing."""
    with unit_of_work() as work:
        invoice = billing_history.find_invoice(work.session, owner, invoice_id)
        if invoice is not None:
            invoice.refunded_cents = max(invoice.refunded_cents, refunded_cents)
