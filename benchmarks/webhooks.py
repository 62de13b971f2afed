"""Webhooks received and worked off, beside a bare ASGI inbox on the same database.

A mix of ten (4 subscription.updated, 1 created, 2 invoice.paid, 1 invoice.created, 1
customer.updated, 1 duplicate) over 1,000 subscriptions, signed, on 32 connections; Stripe is a stub
that answers in a millisecond. Applied: events over the time from the first one to an empty inbox.
"""

import asyncio
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from statistics import median

import httpx
from sqlalchemy import update

from app.kit.db import Database, unit_of_work
from app.kit.ports import listen_from, port_of
from app.modules.billing.models import BillingSource, MerchantSubscription, TierPrice
from app.modules.billing.services.sync.flight import sync_due
from app.modules.billing.services.webhooks.inbox import inbox_is_empty
from app.modules.billing.services.webhooks.turn import take_next
from benchmarks._databases import KINDS, fresh_database
from benchmarks._population import shops
from benchmarks._report import Figure, report
from benchmarks._webhook_mix import PRICE, SECRET, requests

SUBSCRIPTIONS, CONNECTIONS = 1_000, 32
EVENTS, ROUND, ROUNDS = 10_000, 2_000, 3
LOOK_EVERY_S = 0.05


def main() -> int:
    """Measure and report."""
    figures: list[Figure] = []
    with _server("_stripe_stub", "-") as stub:
        os.environ |= {
            "STRIPE_SECRET_KEY": "sk_test_bench",
            "STRIPE_WEBHOOK_SECRET": SECRET,
            "STRIPE_API_BASE": f"http://127.0.0.1:{stub}",
        }
        for kind in KINDS:
            with fresh_database(kind) as database:
                _subscribe()
                figures += _measure(kind, database)
        figures += [
            Figure("acknowledged beside sync-engine", "/s", None, 3, at_most=False),
            Figure("applied beside sync-engine", "/s", None, 1, at_most=False),
            Figure("applied beside dj-stripe", "/s", None, 15, at_most=False),
        ]
        return report("webhooks", figures, profiled=partial(_work_off))


def _measure(kind: str, database: Database) -> list[Figure]:
    ours, bare = _acknowledged(database)
    return [
        Figure(f"acknowledged, {kind}", "/s", ours, 0.5, bare, at_most=False),
        Figure(f"applied, {kind}", "/s", _applied(database), 100, at_most=False),
    ]


def _subscribe() -> None:
    """Let every merchant be a subscriber at Stripe."""
    shops(SUBSCRIPTIONS, tier="essential")
    with unit_of_work() as work:
        rows = work.session.query(MerchantSubscription).order_by(MerchantSubscription.id).all()
        for number, row in enumerate(rows):
            row.billing_source = BillingSource.STRIPE
            row.stripe_customer_id = f"cus_{number}"
            row.stripe_subscription_id = f"sub_{number}"
        monthly = TierPrice.tier_id == rows[0].tier_id, TierPrice.interval == "month"
        work.session.execute(update(TierPrice).where(*monthly).values(stripe_price_id=PRICE))


def _acknowledged(database: Database) -> tuple[float, float]:
    """Answers a second of both sides, in turns."""
    rates: tuple[list[float], list[float]] = ([], [])
    with (
        _server("_webhook_app", database.url, "off") as product,
        _server("_bare_inbox", database.url) as bare,
    ):
        for number in range(ROUNDS):
            for port, rate in ((product, rates[0]), (bare, rates[1])):
                sent = requests(ROUND, subscriptions=SUBSCRIPTIONS, run=f"ack{number}")
                began = time.perf_counter()
                asyncio.run(_send_all(port, sent))
                rate.append(ROUND / (time.perf_counter() - began))
    _work_off()
    return median(rates[0]), median(rates[1])


def _applied(database: Database) -> float:
    sent = requests(EVENTS, subscriptions=SUBSCRIPTIONS, run="applied")
    with _server("_webhook_app", database.url, "inprocess") as product:
        began = time.perf_counter()
        asyncio.run(_send_all(product, sent))
        while not _is_empty():
            time.sleep(LOOK_EVERY_S)
        return EVENTS / (time.perf_counter() - began)


def _work_off() -> None:
    while take_next() or sync_due():
        pass


def _is_empty() -> bool:
    with unit_of_work(read_only=True) as work:
        return inbox_is_empty(work)


async def _send_all(port: int, sent: Sequence[bytes]) -> None:
    """Send every request once, on keep-alive connections; all must be answered with 200."""
    left = iter(sent)

    async def one_connection() -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        for request in left:
            writer.write(request)
            head = await reader.readuntil(b"\r\n\r\n")
            length = head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0]
            body = await reader.readexactly(int(length))
            assert head.startswith(b"HTTP/1.1 200"), body
        writer.close()
        await writer.wait_closed()

    await asyncio.gather(*(one_connection() for _ in range(CONNECTIONS)))


@contextmanager
def _server(module: str, *arguments: str) -> Iterator[int]:
    """Run a server in a process of its own; yields its port once it answers."""
    with listen_from("127.0.0.1", 18_000) as probe:
        port = port_of(probe)
    first, *others = arguments
    command = [sys.executable, "-m", f"benchmarks.{module}", first, str(port), *others]
    with subprocess.Popen(command) as process:
        try:
            _wait_for(port, process)
            yield port
        finally:
            process.terminate()


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    while process.poll() is None:
        try:
            httpx.get(f"http://127.0.0.1:{port}/healthz")
        except httpx.TransportError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError("the server ended before it answered")


if __name__ == "__main__":
    sys.exit(main())
