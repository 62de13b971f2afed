"""An invoice as billing's history keeps it."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from typing import Any

from app.modules.billing.gateways.snapshots import InvoiceSnapshot
from app.modules.billing.models import BillingHistory


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceState:
    """The columns that Stripe's news of an invoice write (D28); amounts in minor units."""

    status: str
    stripe_subscription_id: str | None
    invoice_number: str | None
    invoice_date: datetime
    due_date: datetime | None
    subtotal_cents: int
    tax_cents: int
    tax_by_rate: list[Any]
    reverse_charge: bool
    total_cents: int
    amount_paid_cents: int
    refunded_cents: int = 0
    disputed_at: datetime | None = None
    currency: str
    attempt_count: int
    next_attempt_at: datetime | None
    buyer_name: str | None
    buyer_address: Mapping[str, Any] | None
    buyer_vat_id: str | None
    lines: list[Any]


NAMES = tuple(field.name for field in fields(InvoiceState))


def told_by(news: InvoiceSnapshot) -> InvoiceState:
    """Return what an invoice of Stripe says."""
    return InvoiceState(
        status=news.status,
        stripe_subscription_id=news.subscription_id,
        invoice_number=news.number,
        invoice_date=news.invoiced_at,
        due_date=news.due_at,
        subtotal_cents=news.subtotal_cents,
        tax_cents=news.tax_cents,
        tax_by_rate=[{"rate": rate, "tax_cents": cents} for rate, cents in news.tax_by_rate],
        reverse_charge=news.reverse_charge,
        total_cents=news.total_cents,
        amount_paid_cents=news.amount_paid_cents,
        currency=news.currency,
        attempt_count=news.attempt_count,
        next_attempt_at=news.next_attempt_at,
        buyer_name=news.buyer_name,
        buyer_address=news.buyer_address,
        buyer_vat_id=news.buyer_vat_id,
        lines=[asdict(line) for line in news.lines],
    )


def read_state(row: BillingHistory) -> InvoiceState:
    """Return what a row says."""
    return InvoiceState(**{name: getattr(row, name) for name in NAMES})


def values_of(state: InvoiceState) -> dict[str, Any]:
    """Return the columns of a new row."""
    return {name: getattr(state, name) for name in NAMES}


def write_state(row: BillingHistory, state: InvoiceState) -> None:
    """Put a whole state into a row."""
    for name in NAMES:
        if getattr(row, name) != getattr(state, name):
            setattr(row, name, getattr(state, name))
