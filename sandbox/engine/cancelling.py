"""The end of a subscription, now or at a date."""

from sandbox.engine.invoice_lines import make_pending_item
from sandbox.engine.items import items_of, period_of
from sandbox.engine.proration import remaining_value
from sandbox.engine.wording import unused_line
from sandbox.store.json_values import Json, hidden
from sandbox.store.transaction import Transaction
from sandbox.wire.errors import invalid


def end_subscription(
    work: Transaction, subscription: Json, *, reason: str | None, status: str = "canceled"
) -> None:
    """Stop a subscription for good; open invoices stay, but nothing more is tried by itself."""
    subscription["status"] = status
    subscription["ended_at"] = work.now
    subscription["canceled_at"] = subscription["canceled_at"] or work.now
    details = subscription["cancellation_details"]
    details["reason"] = details["reason"] or reason
    subscription["pending_update"] = None
    hidden(subscription)["pending"] = None
    _stop_schedule(work, subscription)
    _stop_invoices(work, subscription)
    work.save(subscription)
    if status == "canceled":
        work.emit("customer.subscription.deleted", subscription)
    else:
        work.emit("customer.subscription.updated", subscription)


def _stop_schedule(work: Transaction, subscription: Json) -> None:
    schedule = work.find(subscription["schedule"])
    if schedule is not None:
        schedule |= {"status": "canceled", "canceled_at": work.now, "current_phase": None}
        work.save(schedule)
        work.emit("subscription_schedule.canceled", schedule)
    subscription["schedule"] = None


def _stop_invoices(work: Transaction, subscription: Json) -> None:
    unfinished = "subscription = ? AND json_extract(body, '$.status') IN ('draft', 'open')"
    for invoice in work.select("invoice", unfinished, (subscription["id"],)):
        if invoice["auto_advance"] or invoice["next_payment_attempt"]:
            invoice["auto_advance"] = False
            invoice["automatically_finalizes_at"] = None
            invoice["next_payment_attempt"] = None
            work.save(invoice)
            work.emit("invoice.updated", invoice)


def credit_unused(work: Transaction, subscription: Json, customer: Json, *, at: int) -> None:
    """Leave a credit for the unused time of every item that was billed."""
    for item in items_of(subscription):
        credit_item(work, subscription, customer, item, at=at)


def credit_item(
    work: Transaction, subscription: Json, customer: Json, item: Json, *, at: int
) -> Json | None:
    """Leave a credit for the unused part of what was billed for an item; None if nothing was."""
    billed = hidden(item)["billed"]
    if billed is None or billed["end"] <= at:
        return None
    unused = remaining_value(billed["net"], start=billed["start"], end=billed["end"], at=at)
    return make_pending_item(
        work,
        customer,
        amount=-unused,
        currency=subscription["currency"],
        description=unused_line(_name(work, item), item["quantity"], at),
        period=(max(at, billed["start"]), billed["end"]),
        quantity=item["quantity"],
        price=item["price"],
        item=item,
        subscription=subscription["id"],
        proration=True,
        credited=billed["credited"],
        discountable=False,
        tax_rates=item["tax_rates"],
    )


def _name(work: Transaction, item: Json) -> str:
    product = work.find(item["price"]["product"])
    return str(product["name"]) if product else "subscription"


def plan_cancel(work: Transaction, subscription: Json, params: Json) -> None:
    """Set or clear the date at which a subscription ends (`cancel_at`, `cancel_at_period_end`)."""
    if "cancel_at_period_end" in params and params.get("cancel_at"):
        raise invalid(
            "You cannot set `cancel_at` and `cancel_at_period_end` at the same time.",
            param="cancel_at",
        )
    if "cancel_at_period_end" in params:
        _at_period_end(work, subscription, params["cancel_at_period_end"])
    elif params.get("cancel_at"):
        cancel_on(work, subscription, _moment(subscription, params["cancel_at"]))
    elif params.get("cancel_at") == "":
        _keep(subscription)


def _moment(subscription: Json, wanted: int | str) -> int:
    if isinstance(wanted, int):
        return wanted
    return period_of(subscription)[1]


def cancel_on(work: Transaction, subscription: Json, moment: int) -> None:
    """The subscription ends at `moment`; Stripe's 400 when that has passed."""
    if moment <= work.now:
        raise invalid("`cancel_at` must be in the future.", param="cancel_at")
    subscription["cancel_at"] = moment
    subscription["canceled_at"] = work.now
    subscription["cancellation_details"]["reason"] = "cancellation_requested"


def _at_period_end(work: Transaction, subscription: Json, wanted: bool) -> None:
    if wanted:
        cancel_on(work, subscription, period_of(subscription)[1])
        subscription["cancel_at_period_end"] = True
    elif subscription["cancel_at_period_end"]:
        _keep(subscription)


def _keep(subscription: Json) -> None:
    subscription |= {"cancel_at": None, "cancel_at_period_end": False, "canceled_at": None}
    subscription["cancellation_details"] = {"comment": None, "feedback": None, "reason": None}
