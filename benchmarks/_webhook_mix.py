"""The webhooks of the benchmark: a mix of ten over known subscriptions, signed when sent."""

import json
import time
from typing import Any

from benchmarks._stripe_objects import NOW, a_customer, a_subscription, an_invoice, owner_of
from sandbox.webhooks.signature import signature

SECRET = "whsec_bench"  # noqa: S105 - signs nothing of worth
PATH = "/api/v1/webhooks/stripe"
MIX = (
    *["customer.subscription.updated"] * 4,
    "customer.subscription.created",
    *["invoice.paid"] * 2,
    "invoice.created",
    "customer.updated",
)


def requests(count: int, *, run: str) -> list[bytes]:
    """Return signed requests; every tenth repeats the one before. `run` keeps their ids apart."""
    made: list[bytes] = []
    for serial in range(count):
        if serial % 10 == 9:
            made.append(made[-1])
        else:
            event = _event(MIX[serial % 10], serial, f"{run}_{serial}")
            made.append(_request(json.dumps(event).encode()))
    return made


def _event(kind: str, serial: int, name: str) -> dict[str, Any]:
    if kind.startswith("customer.subscription"):
        found = a_subscription(owner_of(serial))
    elif kind.startswith("invoice"):
        found = an_invoice(name, status="paid" if kind == "invoice.paid" else "draft")
    else:
        found = a_customer(owner_of(serial))
    return {
        "id": f"evt_{name}",
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
