"""The webhooks of the benchmark: a mix of ten over known subscriptions, signed when sent."""

import json
import time
from typing import Any

from sandbox.webhooks.signature import signature

SECRET = "whsec_bench"  # noqa: S105 - signs nothing of worth
PRICE = "price_bench"
PATH = "/api/v1/webhooks/stripe"
NOW = 1_790_000_000
MONTH = 2_592_000
MIX = (
    *["customer.subscription.updated"] * 4,
    "customer.subscription.created",
    *["invoice.paid"] * 2,
    "invoice.created",
    "customer.updated",
)


def a_subscription(number: int) -> dict[str, Any]:
    """A subscription as Stripe shows it."""
    price = {
        "id": PRICE,
        "product": "prod_bench",
        "unit_amount": 4900,
        "currency": "eur",
        "recurring": {"interval": "month"},
    }
    item = {
        "id": f"si_{number}",
        "price": price,
        "quantity": 1,
        "current_period_start": NOW,
        "current_period_end": NOW + MONTH,
    }
    return {
        "id": f"sub_{number}",
        "object": "subscription",
        "customer": f"cus_{number}",
        "status": "active",
        "livemode": False,
        "created": NOW,
        "billing_cycle_anchor": NOW,
        "items": {"object": "list", "data": [item]},
        "metadata": {},
    }


def an_invoice(number: int, serial: str, status: str) -> dict[str, Any]:
    """An invoice of a subscription."""
    return {
        "id": f"in_{serial}",
        "object": "invoice",
        "status": status,
        "customer": f"cus_{number}",
        "parent": {"subscription_details": {"subscription": f"sub_{number}", "metadata": {}}},
        "livemode": False,
        "created": NOW,
        "subtotal": 4900,
        "total": 4900,
        "amount_due": 4900,
        "amount_paid": 4900 if status == "paid" else 0,
        "attempt_count": 1,
        "currency": "eur",
        "lines": {"data": [{"description": "Plan", "quantity": 1, "amount": 4900}]},
    }


def requests(count: int, *, subscriptions: int, run: str) -> list[bytes]:
    """Return signed requests; every tenth repeats the one before. `run` keeps their ids apart."""
    made: list[bytes] = []
    for serial in range(count):
        if serial % 10 == 9:
            made.append(made[-1])
        else:
            kind = MIX[serial % 10]
            event = _event(kind, f"{run}_{serial}", serial * 7919 % subscriptions)
            made.append(_request(json.dumps(event).encode()))
    return made


def _event(kind: str, serial: str, number: int) -> dict[str, Any]:
    found: dict[str, Any] = {"id": f"cus_{number}", "object": "customer"}
    if kind.startswith("customer.subscription"):
        found = a_subscription(number)
    elif kind.startswith("invoice"):
        found = an_invoice(number, serial, "paid" if kind == "invoice.paid" else "draft")
    return {
        "id": f"evt_{serial}",
        "object": "event",
        "api_version": "2026-10-28.endive",
        "created": NOW,
        "livemode": False,
        "type": kind,
        "data": {"object": found},
    }


def _request(body: bytes) -> bytes:
    signed = signature(body, secret=SECRET, timestamp=int(time.time()))
    head = (
        f"POST {PATH} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
        f"Stripe-Signature: {signed}\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body
