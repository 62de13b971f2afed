"""Lines of an invoice, and the pending items that become lines."""

from typing import Any

from sandbox.contract.skeleton import blank
from sandbox.store.json_values import HIDDEN, Json
from sandbox.store.transaction import Transaction


def make_line(
    work: Transaction,
    invoice: Json,
    *,
    amount: int,
    description: str,
    period: tuple[int, int],
    price: Json | None = None,
    quantity: int | None = 1,
    item: Json | None = None,
    subscription: str | None = None,
    invoice_item: str | None = None,
    proration: bool = False,
    credited: Json | None = None,
    discountable: bool = True,
    tax_rates: list[Json] | None = None,
    metadata: Json | None = None,
) -> Json:
    """Append a line of `amount` minor units to an invoice and hand it out."""
    line = blank(
        "line_item",
        work.new_id("line_item"),
        amount=amount,
        currency=invoice["currency"],
        description=description,
        discount_amounts=[],
        discountable=discountable,
        discounts=[],
        invoice=invoice["id"],
        metadata=dict(metadata or {}),
        parent=_parent(item, subscription, invoice_item, proration, credited),
        period={"start": period[0], "end": period[1]},
        pretax_credit_amounts=[],
        pricing=_pricing(price),
        quantity=quantity,
        subscription=None,
        subtotal=amount,
        taxes=[],
    )
    line[HIDDEN] = {"price": price, "tax_rates": tax_rates or [], "item": item and item["id"]}
    invoice["lines"]["data"].append(line)
    return line


def _pricing(price: Json | None) -> Json | None:
    if price is None:
        return None
    return {
        "price_details": {"price": price["id"], "product": price["product"]},
        "type": "price_details",
        "unit_amount_decimal": price["unit_amount_decimal"],
    }


def _parent(
    item: Json | None,
    subscription: str | None,
    invoice_item: str | None,
    proration: bool,
    credited: Json | None,
) -> Json:
    shared: Json = {
        "invoice_item": invoice_item,
        "proration": proration,
        "proration_details": {"credited_items": credited},
        "subscription": subscription,
    }
    if item is None:
        kind, other = "invoice_item_details", "subscription_item_details"
    else:
        kind, other = "subscription_item_details", "invoice_item_details"
        shared["subscription_item"] = item["id"]
    return {kind: shared, other: None, "type": kind}


def make_pending_item(
    work: Transaction,
    customer: Json,
    *,
    amount: int,
    currency: str,
    description: str | None,
    period: tuple[int, int],
    quantity: int = 1,
    price: Json | None = None,
    item: Json | None = None,
    subscription: str | None = None,
    proration: bool = False,
    credited: Json | None = None,
    discountable: bool = True,
    tax_rates: list[Json] | None = None,
    metadata: Json | None = None,
) -> Json:
    """Keep an invoice item: it waits for the next invoice of its customer or subscription."""
    pending = blank(
        "invoiceitem",
        work.new_id("invoiceitem"),
        amount=amount,
        currency=currency,
        customer=customer["id"],
        date=work.now,
        description=description,
        discountable=discountable,
        discounts=[],
        metadata=dict(metadata or {}),
        net_amount=amount,
        parent=_pending_parent(item, subscription),
        period={"start": period[0], "end": period[1]},
        pricing=_pricing(price),
        proration=proration,
        quantity=quantity,
        quantity_decimal=str(quantity),
        tax_rates=list(tax_rates or []),
        test_clock=customer["test_clock"],
    )
    pending[HIDDEN] = {
        "price": price,
        "item": item and item["id"],
        "credited": credited,
        "subscription": subscription,
    }
    work.add(pending)
    work.emit("invoiceitem.created", pending)
    return pending


def _pending_parent(item: Json | None, subscription: str | None) -> Json | None:
    if subscription is None:
        return None
    return {
        "subscription_details": {
            "subscription": subscription,
            "subscription_item": item and item["id"],
        },
        "type": "subscription_details",
    }


def sweep_pending(work: Transaction, invoice: Json, *, subscription: str | None) -> int:
    """Move the waiting items of a subscription (or of the bare customer) onto an invoice."""
    where = "customer = ? AND json_extract(body, '$.invoice') IS NULL AND "
    values: list[Any] = [invoice["customer"]]
    if subscription is None:
        where += "subscription IS NULL"
    else:
        where += "subscription = ?"
        values.append(subscription)
    waiting = [
        pending
        for pending in work.select("invoiceitem", where, values, order="seq ASC")
        if pending["currency"] == invoice["currency"]
    ]
    for pending in waiting:
        _onto(work, invoice, pending)
    return len(waiting)


def _onto(work: Transaction, invoice: Json, pending: Json) -> None:
    part = pending[HIDDEN]
    make_line(
        work,
        invoice,
        amount=pending["amount"],
        description=pending["description"],
        period=(pending["period"]["start"], pending["period"]["end"]),
        price=part["price"],
        quantity=pending["quantity"],
        item={"id": part["item"]} if part["item"] else None,
        subscription=part["subscription"],
        invoice_item=pending["id"],
        proration=pending["proration"],
        credited=part["credited"],
        discountable=pending["discountable"],
        tax_rates=pending["tax_rates"],
        metadata=pending["metadata"],
    )
    pending["invoice"] = invoice["id"]
    work.save(pending)
