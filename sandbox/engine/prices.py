"""Prices: kept ones and those that a request brings along."""

from typing import Any

from sandbox.contract.skeleton import blank
from sandbox.store.json_values import Json, clone
from sandbox.store.transaction import Transaction
from sandbox.wire.errors import invalid, missing_param


def make_price(
    work: Transaction,
    *,
    product: str,
    currency: str,
    unit_amount: int,
    recurring: Json | None = None,
    **fields: Any,
) -> Json:
    """Keep a new price; `recurring` holds interval and interval_count, None is one-time."""
    if unit_amount < 0:
        raise invalid("Invalid non-negative integer", param="unit_amount")
    price = blank(
        "price",
        work.new_id("price"),
        active=True,
        billing_scheme="per_unit",
        created=work.now,
        currency=currency.lower(),
        metadata={},
        product=product,
        recurring=None if recurring is None else _recurring(recurring),
        tax_behavior="unspecified",
        type="one_time" if recurring is None else "recurring",
        unit_amount=unit_amount,
        unit_amount_decimal=str(unit_amount),
    )
    price.update(fields)
    return work.add(price)


def _recurring(given: Json) -> Json:
    count = given.get("interval_count", 1)
    longest = {"day": 1095, "week": 156, "month": 36, "year": 3}[given["interval"]]
    if not 1 <= count <= longest:
        raise invalid(
            f"Invalid interval_count: must be between 1 and {longest} for {given['interval']}.",
            param="recurring[interval_count]",
        )
    return {
        "interval": given["interval"],
        "interval_count": count,
        "meter": None,
        "trial_period_days": given.get("trial_period_days"),
        "usage_type": "licensed",
    }


def price_from(work: Transaction, given: Json, *, param: str) -> Json:
    """The recurring price that an item names by `price` or describes by `price_data`."""
    if "price" in given:
        price = work.get("price", given["price"], param=f"{param}[price]")
        if not price["active"]:
            raise invalid(
                f"The price specified is inactive. This field only accepts active prices: "
                f"{price['id']}",
                param=f"{param}[price]",
            )
    elif "price_data" in given:
        price = inline_price(work, given["price_data"], param=f"{param}[price_data]")
    else:
        raise missing_param(f"{param}[price]")
    if price["recurring"] is None:
        raise invalid(
            "The price specified is set to `type=one_time` but this field only accepts prices "
            "with `type=recurring`.",
            param=f"{param}[price]",
        )
    copy: Json = clone(price)
    return copy


def inline_price(work: Transaction, given: Json, *, param: str) -> Json:
    """A price made for one use from `price_data`."""
    if "unit_amount" not in given:
        raise missing_param(f"{param}[unit_amount]")
    product = work.get("product", given["product"], param=f"{param}[product]")
    return make_price(
        work,
        product=product["id"],
        currency=given["currency"],
        unit_amount=given["unit_amount"],
        recurring=given.get("recurring"),
        active=False,
        tax_behavior=given.get("tax_behavior", "unspecified"),
    )


def product_name(work: Transaction, price: Json) -> str:
    """The name of a price's product."""
    product = work.find(price["product"])
    return str(product["name"]) if product else price["product"]
