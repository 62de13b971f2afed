"""How soon another process gives the new answer after a tier's limit was changed.

From the order to commit until the first check over there that gives the new limit, on an idle
machine; on PostgreSQL beside a bare LISTEN/NOTIFY, with Redis beside a bare message of its own.
SQLite alone is polled.
"""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from time import monotonic, sleep

import psycopg
from redis import Redis
from sqlalchemy import select

from app.contracts.tenants import Owner
from app.kit.db import Database, unit_of_work
from app.modules.billing.models import SubscriptionTier, TierFeatureLimit
from app.modules.billing.services.entitlement_changes import entitlements_changed
from benchmarks._databases import fresh_database
from benchmarks._population import shops
from benchmarks._report import Figure, report
from benchmarks._timing import percentile
from devtools.services.redis import redis_server

PRODUCTS = "max_products"
PAUSE_S = 0.037  # no divisor of the poll's interval, so that changes fall anywhere between two


@dataclass(frozen=True)
class Way:
    """How others hear of a change; `bare` measures the least that this way takes."""

    name: str
    kind: str
    changes: int
    goal_ms: float
    bare: Callable[[Database, str], list[float]] | None = None
    with_redis: bool = False


def main() -> int:
    """Measure and report."""
    with redis_server() as redis_url:
        figures = [_measured(way, redis_url) for way in WAYS]
    with fresh_database("sqlite"):
        (store,) = shops(1, tier="professional")
        return report("freshness", figures, profiled=partial(_change, store.owner, 7))


def _measured(way: Way, redis_url: str) -> Figure:
    with fresh_database(way.kind, redis_url=redis_url if way.with_redis else None) as database:
        (store,) = shops(1, tier="professional")
        environment = {"REDIS_URL": redis_url} if way.with_redis else {}
        times = _changes(database, store.owner, way.changes, environment=environment)
        bare = None if way.bare is None else percentile(way.bare(database, redis_url), 99)
        p99 = percentile(times, 99)
        return Figure(f"{way.name}, p99", "ms", p99, way.goal_ms, bare, absolute=True)


def _changes(
    database: Database, owner: Owner, number: int, *, environment: Mapping[str, str]
) -> list[float]:
    """Return the milliseconds after which the other process knew of each change."""
    times = []
    with _watcher(database, owner, environment) as next_value:
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
def _watcher(
    database: Database, owner: Owner, environment: Mapping[str, str]
) -> Iterator[Callable[[], tuple[int | None, float]]]:
    command = [sys.executable, "-m", "benchmarks._watcher", database.url]
    process = subprocess.Popen(
        [*command, *map(str, owner), PRODUCTS],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, **environment},
    )

    def next_value() -> tuple[int | None, float]:
        assert process.stdout is not None
        line = json.loads(process.stdout.readline())
        return line["limit"], line["at"]

    try:
        yield next_value
    finally:
        process.communicate()


def _notifications(database: Database, _redis_url: str) -> list[float]:
    """Return the milliseconds of bare notifications from one connection to another."""
    times = []
    with (
        psycopg.connect(database.listen_url, autocommit=True) as listening,
        psycopg.connect(database.listen_url, autocommit=True) as telling,
    ):
        listening.execute("LISTEN bench")
        for _ in range(ROUNDS):
            sent_at = monotonic()
            telling.execute("NOTIFY bench")
            next(listening.notifies(timeout=5))
            times.append((monotonic() - sent_at) * 1000)
    return times


def _messages(_database: Database, redis_url: str) -> list[float]:
    """Return the milliseconds of bare messages by Redis."""
    times = []
    with Redis.from_url(redis_url) as redis, redis.pubsub() as listening:
        listening.subscribe("bench")
        listening.get_message(timeout=5)  # that it is subscribed
        for _ in range(ROUNDS):
            sent_at = monotonic()
            redis.publish("bench", "x")
            listening.get_message(timeout=5)
            times.append((monotonic() - sent_at) * 1000)
    return times


ROUNDS = 150
WAYS = (
    Way("sqlite", "sqlite", changes=30, goal_ms=1_100.0),
    Way("sqlite with Redis", "sqlite", ROUNDS, 20.0, _messages, with_redis=True),
    Way("postgresql", "postgresql", ROUNDS, 20.0, _notifications),
    Way("postgresql with Redis", "postgresql", ROUNDS, 20.0, _messages, with_redis=True),
)


if __name__ == "__main__":
    sys.exit(main())
