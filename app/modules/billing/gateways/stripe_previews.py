"""What a bill would be: computed by Stripe itself, so that it is the bill to the cent (S7)."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from app.modules.billing.gateways.client import ask
from app.modules.billing.gateways.shapes import invoice_snapshot
from app.modules.billing.gateways.snapshots import InvoiceSnapshot


@dataclass(frozen=True, kw_only=True)
class BillPreview:
    """An invoice to come. `credit_cents` is what stays in the customer's favour after it.

    `due_at` is when it will be made, `covers_until` the latest instant that a line of it pays for.
    """

    invoice: InvoiceSnapshot
    credit_cents: int
    due_at: datetime
    covers_until: datetime


def preview_change(
    subscription_id: str, *, item_id: str, price_id: str, at: datetime
) -> BillPreview:
    """Return the invoice of a change made and prorated `at` an instant. Raises as `ask`."""
    details = {
        "items": [{"id": item_id, "price": price_id}],
        "proration_behavior": "always_invoice",
        "proration_date": int(at.timestamp()),
    }
    return _preview({"subscription": subscription_id, "subscription_details": details})


def preview_recurring(subscription_id: str, *, item_id: str, price_id: str) -> BillPreview:
    """Return the invoice of a whole period at a price, without prorations. Raises as `ask`."""
    details = {"items": [{"id": item_id, "price": price_id}], "proration_behavior": "none"}
    return _preview(
        {
            "subscription": subscription_id,
            "subscription_details": details,
            "preview_mode": "recurring",
        }
    )


def preview_upcoming(subscription_id: str) -> BillPreview:
    """Return the next invoice of a subscription as it is.

    Raises as `ask`; RefusedByStripe `invoice_upcoming_none` where none will come.
    """
    return _preview({"subscription": subscription_id})


def _preview(params: dict[str, Any]) -> BillPreview:
    asked: Any = params
    one = ask(lambda stripe: stripe.v1.invoices.create_preview(asked))
    balance = one["total"] + (one.get("starting_balance") or 0)
    ends = [line["period"]["end"] for line in one["lines"]["data"]]
    return BillPreview(
        invoice=invoice_snapshot(one),
        credit_cents=max(0, -balance),
        due_at=datetime.fromtimestamp(one["period_end"], UTC),
        covers_until=datetime.fromtimestamp(max(ends, default=one["period_end"]), UTC),
    )
