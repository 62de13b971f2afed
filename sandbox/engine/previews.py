"""The invoice that would come: the engine does the real thing, and all of it is thrown away."""

from sandbox.engine.cancelling import plan_cancel
from sandbox.engine.changing import change_items
from sandbox.engine.invoice_lines import sweep_pending
from sandbox.engine.invoices import draft_invoice, keep_draft
from sandbox.engine.items import period_of
from sandbox.engine.renewing import renew
from sandbox.engine.schedules import apply_phase
from sandbox.engine.subscribing import subscribe
from sandbox.engine.subscription_fields import set_discounts, set_fields
from sandbox.engine.time import customer_of, follow_clock
from sandbox.engine.updating import check_changeable, moves_items
from sandbox.store.json_values import Json
from sandbox.store.transaction import Transaction
from sandbox.wire.errors import StripeError, invalid, missing_param


def preview_invoice(work: Transaction, params: Json) -> Json:
    """The upcoming invoice of a subscription, of a change to it, or of a new one.

    Raises Stripe's 404
    `invoice_upcoming_none` when nothing will be billed any more.
    """
    with work.rehearsal():
        invoice = _rehearsed(work, params)
        invoice["id"] = "upcoming_" + invoice["id"]
        return as_draft(invoice)


def _rehearsed(work: Transaction, params: Json) -> Json:
    details = dict(params.get("subscription_details", {}))
    if "discounts" in params:
        details["discounts"] = params["discounts"]
    if "automatic_tax" in params:
        details["automatic_tax"] = params["automatic_tax"]
    if "subscription" in params or "schedule" in params:
        return _of_subscription(work, _subscription(work, params), params, details)
    if "customer" in params:
        return _of_customer(work, customer_of(work, params["customer"]), details)
    raise missing_param("customer")


def as_draft(invoice: Json) -> Json:
    """An invoice that does not exist has no number and no date."""
    invoice |= {
        "amount_paid": 0,
        "amount_remaining": invoice["amount_due"],
        "attempt_count": 0,
        "attempted": False,
        "automatically_finalizes_at": None,
        "effective_at": None,
        "hosted_invoice_url": None,
        "invoice_pdf": None,
        "number": None,
        "status": "draft",
    }
    return invoice


def _subscription(work: Transaction, params: Json) -> Json:
    if "subscription" in params:
        return work.get("subscription", params["subscription"], param="subscription")
    schedule = work.get("subscription_schedule", params["schedule"], param="schedule")
    return work.get("subscription", schedule["subscription"], param="schedule")


def _of_subscription(work: Transaction, subscription: Json, params: Json, details: Json) -> Json:
    follow_clock(work, subscription)
    if subscription["customer"] != params.get("customer", subscription["customer"]):
        raise invalid("The subscription does not belong to this customer.", param="subscription")
    customer = work.get("customer", subscription["customer"])
    check_changeable(subscription, details)
    if "discounts" in details:
        set_discounts(work, subscription, customer, details.pop("discounts") or [])
    set_fields(work, subscription, customer, _plain(details))
    plan_cancel(work, subscription, details)
    if moves_items(details):
        if params.get("preview_mode") == "recurring":
            details["proration_behavior"] = "none"
        invoice = change_items(work, subscription, customer, details)
        if invoice is not None:
            return invoice
    work.save(subscription)
    return _next_invoice(work, subscription)


def _plain(details: Json) -> Json:
    return {
        name: details[name] for name in ("default_tax_rates", "automatic_tax") if name in details
    }


def _next_invoice(work: Transaction, subscription: Json) -> Json:
    end = period_of(subscription)[1]
    leaves = subscription["cancel_at"] is not None and subscription["cancel_at"] <= end
    if leaves or subscription["status"] == "paused":
        raise nothing_upcoming(subscription["customer"])
    work.now = end
    schedule = work.find(subscription["schedule"])
    if schedule is not None and schedule["current_phase"]["end_date"] == end:
        phases = [phase for phase in schedule["phases"] if phase["start_date"] == end]
        for phase in phases:
            apply_phase(work, subscription, phase)
        if not phases and schedule["end_behavior"] == "cancel":
            raise nothing_upcoming(subscription["customer"])
    return renew(work, subscription)


def nothing_upcoming(customer: str) -> StripeError:
    """404: no invoice will come."""
    return StripeError(
        f"No upcoming invoices for customer: {customer}",
        status=404,
        code="invoice_upcoming_none",
    )


def _of_customer(work: Transaction, customer: Json, details: Json) -> Json:
    if "items" in details:
        wanted = {**details, "payment_behavior": "default_incomplete"}
        subscription = subscribe(work, customer, wanted)
        return work.get("invoice", subscription["latest_invoice"])
    live = work.first(
        "subscription",
        "customer = ? AND json_extract(body, '$.status') IN ('active', 'trialing', 'past_due')",
        (customer["id"],),
    )
    if live is not None:
        return _next_invoice(work, live)
    if customer["currency"] is None:
        raise nothing_upcoming(customer["id"])
    invoice = draft_invoice(work, customer, currency=customer["currency"], reason="upcoming")
    if not sweep_pending(work, invoice, subscription=None):
        raise nothing_upcoming(customer["id"])
    return keep_draft(work, invoice, advance_at=None)
