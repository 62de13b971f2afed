"""Changing a running subscription: items, trial, anchor, prorations and their invoice."""

from dataclasses import dataclass
from typing import Any

from sandbox.engine.calendar import boundary
from sandbox.engine.cancelling import credit_item
from sandbox.engine.discounting import reduce
from sandbox.engine.discounts import after_invoice, reductions
from sandbox.engine.invoice_lines import make_line, make_pending_item, sweep_pending
from sandbox.engine.invoices import draft_invoice, keep_draft
from sandbox.engine.items import (
    amount_of,
    check_items,
    interval_of,
    items_of,
    make_item,
    period_of,
    quantity_of,
    remember_billed,
    set_period,
    set_price,
    tax_rates_of,
)
from sandbox.engine.prices import price_from, product_name
from sandbox.engine.proration import remaining_value
from sandbox.engine.renewing import stops_without_card
from sandbox.engine.subscribing import INVOICE_DAYS, check_trial_end
from sandbox.engine.wording import recurring_line, remaining_line, trial_line
from sandbox.store.json_values import Json, clone, hidden
from sandbox.store.transaction import Transaction
from sandbox.wire.errors import invalid
from sandbox.wire.metadata import merged_metadata


@dataclass(frozen=True)
class Change:
    """One change under way: what was before, when it counts, and how it is billed."""

    customer: Json
    before: list[Json]
    at: int
    behavior: str

    @property
    def prorates(self) -> bool:
        """Whether unused and remaining time is settled."""
        return self.behavior != "none"


def change_items(
    work: Transaction, subscription: Json, customer: Json, params: Json
) -> Json | None:
    """Apply items, trial and anchor of a request; the draft that must be paid now, or None.

    Prorations wait as invoice items unless `always_invoice`, or unless a new period begins now.
    """
    change = Change(
        customer=customer,
        before=clone(items_of(subscription)),
        at=_proration_date(work, subscription, params),
        behavior=params.get("proration_behavior", "create_prorations"),
    )
    _replace_items(work, subscription, params.get("items", []))
    trial_end = params.get("trial_end")
    if trial_end == "now" and subscription["status"] != "trialing":
        trial_end = None
    if isinstance(trial_end, int):
        return _start_trial(work, subscription, change, trial_end)
    if subscription["status"] == "trialing" and trial_end is None:
        return None
    if trial_end == "now":
        subscription["trial_end"] = work.now
        if stops_without_card(work, subscription):
            return None
        subscription["status"] = "active"
        return begin_period(work, subscription, change)
    if _interval_changed(subscription, change) or starts_anew(params):
        _credit_everything(work, subscription, change)
        return begin_period(work, subscription, change)
    if change.prorates:
        _prorate(work, subscription, change)
    if change.behavior == "always_invoice":
        return _invoice_pending(work, subscription, change)
    return None


def starts_anew(params: Json) -> bool:
    """Whether a request sets the billing cycle anchor to this moment."""
    anchor: Json = params.get("billing_cycle_anchor") or {}
    return anchor.get("type") == "now"


def _proration_date(work: Transaction, subscription: Json, params: Json) -> int:
    at: int = params.get("proration_date", work.now)
    start, end = period_of(subscription)
    if "proration_date" in params and not start <= at <= end:
        raise invalid(
            "Cannot specify proration date outside of current subscription period.",
            param="proration_date",
        )
    return at


def _replace_items(work: Transaction, subscription: Json, given: list[Json]) -> None:
    items = items_of(subscription)
    period = period_of(subscription)
    by_id = {item["id"]: item for item in items}
    for index, each in enumerate(given):
        param = f"items[{index}]"
        if "id" not in each:
            items.append(make_item(work, subscription["id"], each, period=period, param=param))
            continue
        item = by_id.get(each["id"])
        if item is None:
            raise invalid(
                f"No such subscription item: '{each['id']}'",
                param=f"{param}[id]",
                code="resource_missing",
            )
        if each.get("deleted"):
            items.remove(item)
        else:
            change_item(work, item, each, param=param)
    if given:
        check_items(items)
        if items[0]["price"]["currency"] != subscription["currency"]:
            raise invalid("The price does not support this currency.", param="items")


def change_item(work: Transaction, item: Json, given: Json, *, param: str) -> None:
    """Give an item what a request says of it."""
    if "price_data" in given or given.get("price", item["price"]["id"]) != item["price"]["id"]:
        set_price(item, price_from(work, given, param=param))
    if "quantity" in given:
        item["quantity"] = quantity_of(given, param=param)
    if "metadata" in given:
        item["metadata"] = merged_metadata(item["metadata"], given["metadata"])
    if "tax_rates" in given:
        item["tax_rates"] = tax_rates_of(work, given, param=param)


def _interval_changed(subscription: Json, change: Change) -> bool:
    new = interval_of(items_of(subscription)[0]["price"])
    return new != interval_of(change.before[0]["price"])


def _start_trial(
    work: Transaction, subscription: Json, change: Change, trial_end: int
) -> Json | None:
    """A trial begins or gets another end: nothing is owed until then."""
    check_trial_end(work, trial_end)
    if change.prorates:
        _credit_everything(work, subscription, change)
    running = subscription["status"] == "trialing"
    subscription |= {
        "trial_start": subscription["trial_start"] if running else work.now,
        "trial_end": trial_end,
        "billing_cycle_anchor": trial_end,
        "status": "trialing",
    }
    hidden(subscription)["warned"] = False
    start = period_of(subscription)[0] if running else work.now
    set_period(subscription, (start, trial_end))
    for item in items_of(subscription):
        hidden(item)["billed"] = None
    if running:
        return None
    invoice = _update_draft(work, subscription, change)
    for item in items_of(subscription):
        text = trial_line(product_name(work, item["price"]))
        make_line(work, invoice, amount=0, description=text, **_shared(subscription, item))
    return _keep(work, subscription, invoice)


def _credit_everything(work: Transaction, subscription: Json, change: Change) -> None:
    if not change.prorates:
        return
    for item in change.before:
        credit_item(work, subscription, change.customer, item, at=change.at)


def begin_period(work: Transaction, subscription: Json, change: Change) -> Json:
    """A new period starts at this moment and is billed in full."""
    interval, count = interval_of(items_of(subscription)[0]["price"])
    subscription["billing_cycle_anchor"] = change.at
    set_period(subscription, (change.at, boundary(change.at, interval, count, 1)))
    invoice = _update_draft(work, subscription, change)
    for item in items_of(subscription):
        name = product_name(work, item["price"])
        text = recurring_line(name, item["price"], item["quantity"])
        shared = _shared(subscription, item)
        make_line(work, invoice, amount=amount_of(item), description=text, **shared)
    sweep_pending(work, invoice, subscription=subscription["id"])
    kept = _keep(work, subscription, invoice)
    remember_billed(subscription, kept)
    subscription["discounts"] = after_invoice(work, subscription["discounts"])
    return kept


def _prorate(work: Transaction, subscription: Json, change: Change) -> None:
    """Credit what changed from, charge what changed to, for the rest of the period."""
    before = {item["id"]: item for item in change.before}
    nets = _net_amounts(work, subscription)
    for item in change.before:
        if _differs(item, _find(subscription, item["id"])):
            credit_item(work, subscription, change.customer, item, at=change.at)
    for item, net in zip(items_of(subscription), nets, strict=True):
        if _differs(item, before.get(item["id"])):
            _charge_rest(work, subscription, change, item, net)


def _differs(item: Json, other: Json | None) -> bool:
    if other is None:
        return True
    return (item["price"]["id"], item["quantity"]) != (other["price"]["id"], other["quantity"])


def _find(subscription: Json, item_id: str) -> Json | None:
    return next((item for item in items_of(subscription) if item["id"] == item_id), None)


def _net_amounts(work: Transaction, subscription: Json) -> list[int]:
    """What each item costs for a whole period with the discounts that now apply."""
    amounts = [amount_of(item) for item in items_of(subscription)]
    taking = reductions(work, subscription["discounts"], currency=subscription["currency"])
    taken = reduce(amounts, taking)
    return [amount - sum(off.values()) for amount, off in zip(amounts, taken, strict=True)]


def _charge_rest(
    work: Transaction, subscription: Json, change: Change, item: Json, net: int
) -> None:
    start, end = period_of(subscription)
    amount = remaining_value(net, start=start, end=end, at=change.at)
    make_pending_item(
        work,
        change.customer,
        amount=amount,
        currency=subscription["currency"],
        description=remaining_line(product_name(work, item["price"]), item["quantity"], change.at),
        period=(change.at, end),
        quantity=item["quantity"],
        price=item["price"],
        item=item,
        subscription=subscription["id"],
        proration=True,
        discountable=False,
        tax_rates=item["tax_rates"],
    )
    hidden(item)["billed"] = {"net": amount, "start": change.at, "end": end, "credited": None}


def _invoice_pending(work: Transaction, subscription: Json, change: Change) -> Json | None:
    invoice = _update_draft(work, subscription, change)
    if not sweep_pending(work, invoice, subscription=subscription["id"]):
        return None
    kept = _keep(work, subscription, invoice)
    for line in kept["lines"]["data"]:
        item = _find(subscription, line["_"]["item"])
        billed = item and hidden(item)["billed"]
        if billed and line["amount"] >= 0:
            billed["credited"] = {"invoice": kept["id"], "invoice_line_items": [line["id"]]}
    return kept


def _update_draft(work: Transaction, subscription: Json, change: Change) -> Json:
    invoice = draft_invoice(
        work,
        change.customer,
        currency=subscription["currency"],
        reason="subscription_update",
        subscription=subscription,
        period=(change.at, change.at),
    )
    hidden(invoice)[INVOICE_DAYS] = subscription["days_until_due"]
    if change.prorates:
        details = invoice["parent"]["subscription_details"]
        details["subscription_proration_date"] = change.at
    return invoice


def _keep(work: Transaction, subscription: Json, invoice: Json) -> Json:
    keep_draft(work, invoice, advance_at=None)
    subscription["latest_invoice"] = invoice["id"]
    return invoice


def _shared(subscription: Json, item: Json) -> dict[str, Any]:
    return {
        "period": (item["current_period_start"], item["current_period_end"]),
        "price": item["price"],
        "quantity": item["quantity"],
        "item": item,
        "subscription": subscription["id"],
        "tax_rates": item["tax_rates"],
        "metadata": subscription["metadata"],
    }
