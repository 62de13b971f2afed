"""Subscription items: prices with quantities and the period that was billed for them."""

from sandbox.contract.plans import plan_of
from sandbox.contract.skeleton import blank
from sandbox.engine.prices import price_from
from sandbox.engine.totals import net_of
from sandbox.store.json_values import HIDDEN, Json, hidden
from sandbox.store.transaction import Transaction
from sandbox.wire.errors import StripeError, invalid


def make_item(
    work: Transaction, subscription_id: str, given: Json, *, period: tuple[int, int], param: str
) -> Json:
    """A new item of a subscription from `price` or `price_data`, `quantity`, `metadata`."""
    item = blank(
        "subscription_item",
        work.new_id("subscription_item"),
        created=work.now,
        current_period_end=period[1],
        current_period_start=period[0],
        discounts=[],
        metadata=dict(given.get("metadata") or {}),
        quantity=quantity_of(given, param=param),
        subscription=subscription_id,
        tax_rates=tax_rates_of(work, given, param=param),
    )
    item[HIDDEN] = {"billed": None}
    set_price(item, price_from(work, given, param=param))
    return item


def quantity_of(given: Json, *, param: str, default: int = 1) -> int:
    """A quantity of at least nought."""
    quantity: int = given.get("quantity", default)
    if quantity < 0:
        raise invalid("Invalid non-negative integer", param=f"{param}[quantity]")
    return quantity


def tax_rates_of(work: Transaction, given: Json, *, param: str) -> list[Json]:
    """The tax rates that an item or subscription names."""
    names = given.get("tax_rates") or []
    return [dict(work.get("tax_rate", name, param=f"{param}[tax_rates]")) for name in names]


def set_price(item: Json, price: Json) -> None:
    """Give an item a price, and the plan that goes with it."""
    item["price"] = price
    item["plan"] = plan_of(price)


def items_of(subscription: Json) -> list[Json]:
    """The items of a subscription."""
    items: list[Json] = subscription["items"]["data"]
    return items


def check_items(items: list[Json]) -> None:
    """Raise Stripe's 400 when items do not go together: none, twice the same, mixed."""
    if not items:
        raise invalid("A subscription must have at least one active plan.", param="items")
    prices = [item["price"]["id"] for item in items]
    for price in prices:
        if prices.count(price) > 1:
            raise invalid(
                "Cannot add multiple subscription items with the same plan: " + price,
                param="items",
            )
    if len({item["price"]["currency"] for item in items}) > 1:
        raise invalid("All prices of a subscription must have the same currency.", param="items")
    if len({interval_of(item["price"]) for item in items}) > 1:
        raise mixed_intervals()


def mixed_intervals() -> StripeError:
    """400: one subscription has one billing interval here."""
    return invalid(
        "All prices on a subscription must have the same `recurring.interval` and "
        "`recurring.interval_count`. If you meant to update an existing subscription item instead "
        "of creating a new one, make sure to include the subscription item ID in your request.",
        param="items",
    )


def interval_of(price: Json) -> tuple[str, int]:
    """Interval and count of a recurring price."""
    return price["recurring"]["interval"], price["recurring"]["interval_count"]


def period_of(subscription: Json) -> tuple[int, int]:
    """The current period; all items of a subscription share it."""
    first = items_of(subscription)[0]
    return first["current_period_start"], first["current_period_end"]


def set_period(subscription: Json, period: tuple[int, int]) -> None:
    """Move all items to a period."""
    for item in items_of(subscription):
        item["current_period_start"], item["current_period_end"] = period


def amount_of(item: Json) -> int:
    """What an item costs for a whole period, before discounts and tax."""
    return int(item["price"]["unit_amount"]) * int(item["quantity"])


def remember_billed(subscription: Json, invoice: Json) -> None:
    """Keep on each item what this invoice bills for it: a later credit is a part of that."""
    lines = {line[HIDDEN]["item"]: line for line in invoice["lines"]["data"] if line["amount"] >= 0}
    for item in items_of(subscription):
        line = lines.get(item["id"])
        if line is not None:
            hidden(item)["billed"] = {
                "net": net_of(line),
                "start": line["period"]["start"],
                "end": line["period"]["end"],
                "credited": {"invoice": invoice["id"], "invoice_line_items": [line["id"]]},
            }
