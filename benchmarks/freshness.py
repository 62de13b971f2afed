"""How soon another process gives the new answer after a tier's limit was changed.

From the order to commit until the first check over there that gives the new limit, on an idle
machine; on PostgreSQL beside a bare LISTEN/NOTIFY.
"""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from time import monotonic, sleep

import psycopg
from sqlalchemy import select

from app.contracts.tenants import Owner
from app.kit.db import Database, unit_of_work
from app.modules.billing.models import SubscriptionTier, TierFeatureLimit
from app.modules.billing.services.entitlement_changes import entitlements_changed
from benchmarks._databases import KINDS, fresh_database
from benchmarks._population import shops
from benchmarks._report import Figure, report
from benchmarks._timing import percentile

PRODUCTS = "max_products"
CHANGES = {"sqlite": 30, "postgresql": 150}
GOAL_MS = {"sqlite": 1_100.0, "postgresql": 20.0}
PAUSE_S = 0.037  # no divisor of the poll's interval, so that changes fall anywhere between two


def main() -> int:
    """Measure and report."""
    figures = []
    for kind in KINDS:
        with fresh_database(kind) as database:
            (store,) = shops(1, tier="professional")
            times = _changes(database, store.owner, CHANGES[kind])
            bare = None if database.is_sqlite else percentile(_notifications(database), 99)
            p99 = percentile(times, 99)
            figures.append(Figure(f"{kind}, p99", "ms", p99, GOAL_MS[kind], bare, absolute=True))
    with fresh_database("sqlite"):
        (store,) = shops(1, tier="professional")
        return report("freshness", figures, profiled=partial(_change, store.owner, 7))


def _changes(database: Database, owner: Owner, number: int) -> list[float]:
    """Return the milliseconds after which the other process knew of each change."""
    times = []
    with _watcher(database, owner) as next_value:
        next_value()  # it has seen the shipped limit
        sleep(1.0)  # and its thread listens
        for limit in range(1_000, 1_000 + number):
            ordered_at = _change(owner, limit)
            seen, at = next_value()
            assert seen == limit
            times.append((at - ordered_at) * 1000)
            sleep(PAUSE_S)
    return times


def _change(owner: Owner, limit: int) -> float:
    """Change the tier's limit; returns when the commit was ordered."""
    with unit_of_work() as work:
        row = work.session.scalars(
            select(TierFeatureLimit)
            .join(SubscriptionTier, SubscriptionTier.id == TierFeatureLimit.tier_id)
            .where(
                SubscriptionTier.platform_id == owner.platform_id,
                SubscriptionTier.code == "professional",
                TierFeatureLimit.feature_code == PRODUCTS,
            )
        ).one()
        row.limit_value = limit
        entitlements_changed(work, owner.platform_id)
        return monotonic()


@contextmanager
def _watcher(database: Database, owner: Owner) -> Iterator[Callable[[], tuple[int | None, float]]]:
    command = [sys.executable, "-m", "benchmarks._watcher", database.url]
    process = subprocess.Popen(
        [*command, *map(str, owner), PRODUCTS],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )

    def next_value() -> tuple[int | None, float]:
        assert process.stdout is not None
        line = json.loads(process.stdout.readline())
        return line["limit"], line["at"]

    try:
        yield next_value
    finally:
        process.communicate()


def _notifications(database: Database) -> list[float]:
    """Return the milliseconds of bare notifications from one connection to another."""
    times = []
    with (
        psycopg.connect(database.listen_url, autocommit=True) as listening,
        psycopg.connect(database.listen_url, autocommit=True) as telling,
    ):
        listening.execute("LISTEN bench")
        for _ in range(CHANGES["postgresql"]):
            sent_at = monotonic()
            telling.execute("NOTIFY bench")
            next(listening.notifies(timeout=5))
            times.append((monotonic() - sent_at) * 1000)
    return times


if __name__ == "__main__":
    sys.exit(main())
