"""What Stripe has, as far as the measurement of webhooks asks or tells of it."""

import time
from typing import Any

PRICE = "price_bench"
PRODUCT = "prod_bench"
ACCOUNT = "acct_bench"
SUBSCRIPTIONS = 1_000
DAY = 86_400
NOW = int(time.time()) // DAY * DAY  # a period that is over would be looked into besides
MONTH = 2_592_000
OF_ALL: dict[str, Any] = {"livemode": False, "created": NOW, "metadata": {}}


def an_answer(path: str) -> dict[str, Any]:
    """Return the object that is asked for, or an empty list; every invoice is paid by now."""
    kind, object_id, *what_of_it = [*path.removeprefix("/v1/").split("/"), ""]
    if any(what_of_it):
        return {"object": "list", "data": [], "has_more": False}
    number = _number_in(object_id)
    found: dict[str, dict[str, Any]] = {
        "subscriptions": a_subscription(number),
        "customers": a_customer(number),
        "invoices": an_invoice(object_id.removeprefix("in_"), status="paid"),
        "prices": a_price(),
        "products": {"id": PRODUCT, "object": "product", "name": "Plan", "type": "service"},
        "account": {"id": ACCOUNT, "object": "account", "settings": {}},
    }
    return OF_ALL | found.get(kind, {})


def owner_of(serial: int) -> int:
    """Return the number of the subscription that an event is about; they come in no order."""
    return serial * 7919 % SUBSCRIPTIONS


def a_price() -> dict[str, Any]:
    """The one price."""
    return OF_ALL | {
        "id": PRICE,
        "object": "price",
        "product": PRODUCT,
        "active": True,
        "nickname": "Plan",
        "type": "recurring",
        "unit_amount": 4900,
        "currency": "eur",
        "recurring": {"interval": "month", "interval_count": 1},
    }


def a_customer(number: int) -> dict[str, Any]:
    """A customer as Stripe shows it."""
    email = f"office{number}@example.test"
    return OF_ALL | {"id": f"cus_{number}", "object": "customer", "email": email}


def a_subscription(number: int) -> dict[str, Any]:
    """A subscription as Stripe shows it."""
    item = OF_ALL | {
        "id": f"si_{number}",
        "object": "subscription_item",
        "subscription": f"sub_{number}",
        "price": a_price(),
        "quantity": 1,
        "current_period_start": NOW,
        "current_period_end": NOW + MONTH,
    }
    return OF_ALL | {
        "id": f"sub_{number}",
        "object": "subscription",
        "customer": f"cus_{number}",
        "status": "active",
        "billing_cycle_anchor": NOW,
        "items": {"object": "list", "data": [item], "has_more": False},
    }


def an_invoice(name: str, *, status: str) -> dict[str, Any]:
    """An invoice of a subscription; its name ends with the number of its event."""
    number = owner_of(_number_in(name))
    line = OF_ALL | {
        "id": f"il_{name}",
        "object": "line_item",
        "description": "Plan",
        "quantity": 1,
        "amount": 4900,
        "currency": "eur",
    }
    return OF_ALL | {
        "id": f"in_{name}",
        "object": "invoice",
        "status": status,
        "customer": f"cus_{number}",
        "parent": {"subscription_details": {"subscription": f"sub_{number}", "metadata": {}}},
        "subtotal": 4900,
        "total": 4900,
        "amount_due": 4900,
        "amount_paid": 4900 if status == "paid" else 0,
        "attempt_count": 1,
        "currency": "eur",
        "lines": {"object": "list", "data": [line], "has_more": False},
    }


def _number_in(object_id: str) -> int:
    last = object_id.rpartition("_")[2]
    return int(last) if last.isdigit() else 0
