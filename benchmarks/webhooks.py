"""Webhooks received and worked off, beside a bare ASGI inbox on the same database and beside peers.

A mix of ten (4 subscription.updated, 1 created, 2 invoice.paid, 1 invoice.created, 1
customer.updated, 1 duplicate) over 1,000 subscriptions, signed, on 32 connections; Stripe is a stub
that answers in a millisecond. Applied: events over the time from the first one to an empty inbox.
"""

import os
import sys
import time
from statistics import median

from sqlalchemy import update

from app.kit.db import Database, unit_of_work
from app.modules.billing.models import BillingSource, MerchantSubscription, TierPrice
from app.modules.billing.services.sync.flight import sync_due
from app.modules.billing.services.webhooks.inbox import inbox_is_empty
from app.modules.billing.services.webhooks.turn import take_next
from benchmarks._databases import KINDS, fresh_database
from benchmarks._population import shops
from benchmarks._report import Figure, report
from benchmarks._servers import server
from benchmarks._stripe_objects import PRICE, SUBSCRIPTIONS
from benchmarks._webhook_load import send
from benchmarks._webhook_mix import SECRET, requests
from benchmarks._webhook_peers import dj_stripe_rate, sync_engine_rate

EVENTS, ROUND, ROUNDS = 10_000, 2_000, 3
OF_SYNC_ENGINE, OF_DJ_STRIPE = 2_000, 500  # events; slower ones get fewer
LOOK_EVERY_S = 0.05


def main() -> int:
    """Measure and report."""
    figures: list[Figure] = []
    with server("_stripe_stub", "-") as stub:
        os.environ |= {
            "STRIPE_SECRET_KEY": "sk_test_bench",
            "STRIPE_WEBHOOK_SECRET": SECRET,
            "STRIPE_API_BASE": f"http://127.0.0.1:{stub}",
        }
        for kind in KINDS:
            with fresh_database(kind) as database:
                _subscribe()
                ours = _measure(kind, database)
                figures += ours
                if not database.is_sqlite:
                    figures += _beside_peers(database, stub, *ours)
        with fresh_database(KINDS[0]) as database:
            _subscribe()
            with server("_webhook_app", database.url, "off") as product:
                send(product, requests(ROUND, run="profiled"))
            return report("webhooks", figures, profiled=_work_off)


def _measure(kind: str, database: Database) -> list[Figure]:
    ours, bare = _acknowledged(database)
    return [
        Figure(f"acknowledged, {kind}", "/s", ours, 0.5, bare, at_most=False),
        Figure(f"applied, {kind}", "/s", _applied(database), 100, at_most=False),
    ]


def _beside_peers(
    database: Database, stripe: int, acknowledged: Figure, applied: Figure
) -> list[Figure]:
    """Compare with those that need PostgreSQL, and answer once an event is worked off."""
    engine = sync_engine_rate(database, stripe, events=OF_SYNC_ENGINE)
    django = dj_stripe_rate(database, stripe, events=OF_DJ_STRIPE)
    return [
        _beside("acknowledged beside sync-engine", acknowledged, engine, goal=3),
        _beside("applied beside sync-engine", applied, engine, goal=1),
        _beside("applied beside dj-stripe", applied, django, goal=15),
    ]


def _beside(name: str, ours: Figure, peer: float | None, *, goal: float) -> Figure:
    figure = None if peer is None else ours.figure
    return Figure(name, "/s", figure, goal, peer, at_most=False)


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
        server("_webhook_app", database.url, "off") as product,
        server("_bare_inbox", database.url) as bare,
    ):
        for number in range(ROUNDS):
            for port, rate in ((product, rates[0]), (bare, rates[1])):
                rate.append(send(port, requests(ROUND, run=f"ack{number}")))
    _work_off()
    return median(rates[0]), median(rates[1])


def _applied(database: Database) -> float:
    sent = requests(EVENTS, run="applied")
    with server("_webhook_app", database.url, "inprocess") as product:
        began = time.perf_counter()
        send(product, sent)
        while not _is_empty():
            time.sleep(LOOK_EVERY_S)
        return EVENTS / (time.perf_counter() - began)


def _work_off() -> None:
    while take_next() or sync_due():
        pass


def _is_empty() -> bool:
    with unit_of_work(read_only=True) as work:
        return inbox_is_empty(work)


if __name__ == "__main__":
    sys.exit(main())
