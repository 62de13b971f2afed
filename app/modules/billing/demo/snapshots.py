"""A year of snapshots that leads to the present figures, and the forecasts that follow from it."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import accumulate, chain
from random import Random
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from app.contracts.demo import DemoPlan
from app.kit.db import unit_of_work
from app.modules.billing.models import CapacitySnapshot
from app.modules.billing.repositories.revenue_rows import addon_movements, movements
from app.modules.billing.services.capacity.capture import capture_snapshot
from app.modules.billing.services.capacity.history import METRICS, CapacityMetric

DAYS = 365
BEGAN_WITH = 0.35  # what part of the present figures there was a year ago
RESTLESS = {"orders_30d": 0.04, "active_clients": 0.03}  # how much these sway from day to day
GROWING = tuple(metric for metric in METRICS if metric != CapacityMetric.ARR_CENTS)
OUTAGE = range(200, 206)  # days ago on which nothing was taken, as happens


def write_snapshots(plan: DemoPlan) -> None:
    """Take today's snapshot, write the year before it, and forecast from all of it.

    Opens its own units of work; to be called when everything else is there.
    """
    capture_snapshot()
    with unit_of_work() as work:
        present = work.session.scalars(select(CapacitySnapshot)).all()
        rows = [row for one in present for row in _past(work.session, one, plan)]
        work.session.execute(insert(CapacitySnapshot), rows)
    capture_snapshot()


def _past(db: Session, present: CapacitySnapshot, plan: DemoPlan) -> Iterator[dict[str, Any]]:
    random = plan.random(f"snapshots {present.scope}")
    growth = {metric: _growth(random) for metric in GROWING}
    earned = _revenue(db, present)
    for place, ago in enumerate(range(DAYS, 0, -1)):
        if ago in OUTAGE:
            continue
        grown = {metric: parts[place] for metric, parts in growth.items()}
        figures = {
            metric: round(getattr(present, metric) * part * _swayed(metric, random))
            for metric, part in grown.items()
        }
        yield {**_day(present, ago, grown), **figures, "arr_cents": earned[place]}


def _growth(random: Random) -> list[float]:
    """Return what part of the present figure there was on each day; it grows by uneven steps."""
    reached = list(accumulate((random.expovariate(1) for _ in range(DAYS)), initial=0.0))
    return [BEGAN_WITH + (1 - BEGAN_WITH) * part / reached[-1] for part in reached[:-1]]


def _revenue(db: Session, present: CapacitySnapshot) -> list[int]:
    """Return the annual revenue of each day, in cents, as what happened since tells it."""
    scope = None if present.platform_id is None else frozenset({present.platform_id})
    instants = [present.taken_at - timedelta(days=ago) for ago in range(DAYS, -1, -1)]
    moved = [0] * len(instants)
    for one in chain(movements(db, scope, instants), addon_movements(db, scope, instants)):
        moved[one.month + 1] += one.arr_cents
    return list(accumulate(moved))


def _day(present: CapacitySnapshot, ago: int, grown: dict[str, float]) -> dict[str, Any]:
    part = grown[CapacityMetric.SUBSCRIPTIONS]
    limits = {
        code: {name: round(value * part) for name, value in sums.items()}
        for code, sums in present.limits.items()
    }
    return {
        "day": present.day - timedelta(days=ago),
        "scope": present.scope,
        "platform_id": present.platform_id,
        "taken_at": present.taken_at - timedelta(days=ago),
        "subscriptions_by_tier": present.subscriptions_by_tier,
        "subscriptions_by_status": present.subscriptions_by_status,
        "storage_files": round(present.storage_files * grown[CapacityMetric.STORAGE_BYTES]),
        "limits": limits,
    }


def _swayed(metric: str, random: Random) -> float:
    return 1 + random.uniform(-1, 1) * RESTLESS.get(metric, 0.0)
