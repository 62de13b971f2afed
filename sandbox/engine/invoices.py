"""An invoice's own life: draft, open, paid, void, uncollectible."""

from typing import Any

from sandbox.contract.skeleton import blank
from sandbox.engine.calendar import days_later
from sandbox.engine.tax_locations import customer_tax_ids
from sandbox.engine.totals import total_up
from sandbox.store.json_values import HIDDEN, Json, hidden
from sandbox.store.transaction import Transaction
from sandbox.wire.errors import invalid

DRAFT_SECONDS = 3600
"""How long a renewal's invoice stays a draft (Stripe: billing/invoices/subscription)."""


def draft_invoice(
    work: Transaction,
    customer: Json,
    *,
    currency: str,
    reason: str,
    subscription: Json | None = None,
    period: tuple[int, int] | None = None,
    **fields: Any,
) -> Json:
    """A new empty draft, not kept yet: `keep_draft` does that once its lines are there."""
    start, end = period or (work.now, work.now)
    invoice = blank(
        "invoice",
        work.new_id("invoice"),
        account_country="LU",
        account_name="Sandbox",
        amount_due=0,
        amount_overpaid=0,
        amount_paid=0,
        amount_remaining=0,
        amount_shipping=0,
        attempt_count=0,
        attempted=False,
        auto_advance=True,
        automatic_tax=_automatic_tax(False),
        billing_reason=reason,
        collection_method="charge_automatically",
        created=work.now,
        currency=currency,
        customer=customer["id"],
        default_tax_rates=[],
        discounts=[],
        issuer={"account": None, "type": "self"},
        lines={"object": "list", "data": [], "has_more": False, "url": ""},
        metadata={},
        payment_settings={
            "default_mandate": None,
            "payment_method_options": None,
            "payment_method_types": None,
        },
        period_end=end,
        period_start=start,
        post_payment_credit_notes_amount=0,
        pre_payment_credit_notes_amount=0,
        starting_balance=0,
        status="draft",
        status_transitions={
            "finalized_at": None,
            "marked_uncollectible_at": None,
            "paid_at": None,
            "voided_at": None,
        },
        subtotal=0,
        test_clock=customer["test_clock"],
        total=0,
        total_pretax_credit_amounts=[],
    )
    invoice["lines"]["url"] = f"/v1/invoices/{invoice['id']}/lines"
    invoice[HIDDEN] = {"subscription": subscription and subscription["id"]}
    copy_customer(work, invoice, customer)
    if subscription is not None:
        _copy_subscription(invoice, subscription)
    invoice.update(fields)
    return invoice


def _automatic_tax(enabled: bool) -> Json:
    return {
        "disabled_reason": None,
        "enabled": enabled,
        "liability": {"account": None, "type": "self"} if enabled else None,
        "provider": "stripe" if enabled else None,
        "status": None,
    }


def copy_customer(work: Transaction, invoice: Json, customer: Json) -> None:
    """What an invoice says of its customer, as long as it is a draft."""
    invoice |= {
        "customer_address": customer["address"],
        "customer_email": customer["email"],
        "customer_name": customer["name"],
        "customer_phone": customer["phone"],
        "customer_shipping": customer["shipping"],
        "customer_tax_exempt": customer["tax_exempt"],
        "customer_tax_ids": customer_tax_ids(work, customer),
        "footer": (customer["invoice_settings"] or {}).get("footer"),
    }


def _copy_subscription(invoice: Json, subscription: Json) -> None:
    invoice |= {
        "automatic_tax": _automatic_tax(subscription["automatic_tax"]["enabled"]),
        "collection_method": subscription["collection_method"],
        "default_tax_rates": list(subscription["default_tax_rates"] or []),
        "default_payment_method": None,
        "description": subscription["invoice_settings"].get("description"),
        "discounts": list(subscription["discounts"]),
        "parent": {
            "quote_details": None,
            "subscription_details": {
                "metadata": dict(subscription["metadata"]),
                "subscription": subscription["id"],
                "subscription_proration_date": None,
            },
            "type": "subscription_details",
        },
    }
    if subscription["invoice_settings"].get("footer"):
        invoice["footer"] = subscription["invoice_settings"]["footer"]


def keep_draft(work: Transaction, invoice: Json, *, advance_at: int | None) -> Json:
    """Total up a new draft and keep it; `advance_at` is when it is finalized by itself."""
    total_up(work, invoice)
    invoice["automatically_finalizes_at"] = advance_at
    invoice["auto_advance"] = advance_at is not None
    work.add(invoice)
    work.emit("invoice.created", invoice)
    return invoice


def finalize(work: Transaction, invoice: Json) -> bool:
    """Make a draft final: number, due date, credit balance. False when tax is not to be known.

    Raises Stripe's 400 for an invoice that is no draft.
    """
    if invoice["status"] != "draft":
        raise invalid(
            "This invoice is already finalized, you can't re-finalize a non-draft invoice.",
            code="invoice_not_editable",
        )
    customer = work.get("customer", invoice["customer"])
    copy_customer(work, invoice, customer)
    total_up(work, invoice)
    work.save(invoice)
    if invoice["automatic_tax"]["enabled"] and not _tax_known(work, invoice):
        return False
    _number(work, invoice, customer)
    _settle_balance(work, invoice, customer)
    invoice["status"] = "open"
    invoice["automatically_finalizes_at"] = None
    invoice["effective_at"] = work.now
    invoice["status_transitions"]["finalized_at"] = work.now
    if invoice["collection_method"] == "send_invoice" and invoice["due_date"] is None:
        days = hidden(invoice).get("days_until_due") or 0
        invoice["due_date"] = days_later(work.now, days)
    work.emit("invoice.finalized", invoice)
    if invoice["collection_method"] == "send_invoice":
        work.emit("invoice.sent", invoice)
    return True


def _tax_known(work: Transaction, invoice: Json) -> bool:
    if (invoice["customer_address"] or {}).get("country"):
        invoice["automatic_tax"]["status"] = "complete"
        return True
    invoice["automatic_tax"] |= {
        "status": "requires_location_inputs",
        "disabled_reason": "finalization_requires_location_inputs",
    }
    invoice["auto_advance"] = False
    invoice["automatically_finalizes_at"] = None
    invoice["last_finalization_error"] = {
        "code": "customer_tax_location_invalid",
        "message": "The customer's location isn't recognized.",
        "type": "invalid_request_error",
    }
    work.emit("invoice.finalization_failed", invoice)
    return False


def _number(work: Transaction, invoice: Json, customer: Json) -> None:
    sequence = customer["next_invoice_sequence"]
    invoice["number"] = f"{customer['invoice_prefix']}-{sequence:04d}"
    customer["next_invoice_sequence"] = sequence + 1
    work.save(customer)
    token = work.token()
    hidden(invoice)["token"] = token
    base = work.page_url
    invoice["hosted_invoice_url"] = f"{base}/i/{token}"
    invoice["invoice_pdf"] = f"{base}/i/{token}/pdf"


def _settle_balance(work: Transaction, invoice: Json, customer: Json) -> None:
    ending = hidden(invoice)["ending_balance"]
    invoice["ending_balance"] = ending
    if customer["balance"] != ending:
        customer["balance"] = ending
        work.save(customer)
        work.emit("customer.updated", customer)


def mark_paid(work: Transaction, invoice: Json, *, amount: int) -> None:
    """Nothing is left to pay."""
    invoice |= {
        "amount_paid": amount,
        "amount_remaining": 0,
        "attempted": True,
        "auto_advance": False,
        "next_payment_attempt": None,
        "status": "paid",
    }
    invoice["status_transitions"]["paid_at"] = work.now
    work.save(invoice)
    work.emit("invoice.paid", invoice)
    work.emit("invoice.payment_succeeded", invoice)


def void(work: Transaction, invoice: Json) -> None:
    """The invoice never was; Stripe's 400 unless it is open or uncollectible."""
    if invoice["status"] not in ("open", "uncollectible"):
        raise invalid(f"You can only void open or uncollectible invoices: {invoice['status']}.")
    invoice |= {"status": "void", "auto_advance": False, "next_payment_attempt": None}
    invoice["status_transitions"]["voided_at"] = work.now
    work.save(invoice)
    work.emit("invoice.voided", invoice)


def mark_uncollectible(work: Transaction, invoice: Json) -> None:
    """Nobody expects this money any more; Stripe's 400 unless the invoice is open."""
    if invoice["status"] != "open":
        raise invalid("You can only mark open invoices as uncollectible.")
    invoice |= {"status": "uncollectible", "auto_advance": False, "next_payment_attempt": None}
    invoice["status_transitions"]["marked_uncollectible_at"] = work.now
    work.save(invoice)
    work.emit("invoice.marked_uncollectible", invoice)
