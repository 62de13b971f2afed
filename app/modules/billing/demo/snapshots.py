"""A year of snapshots that leads to the present figures, and the forecasts that follow from it."""

from collections.abc import Iterator
from datetime import timedelta
from random import Random
from typing import Any

from sqlalchemy import insert, select

from app.contracts.demo import DemoPlan
from app.kit.db import unit_of_work
from app.modules.billing.models import CapacitySnapshot
from app.modules.billing.services.capacity.capture import capture_snapshot
from app.modules.billing.services.capacity.history import METRICS

DAYS = 365
BEGAN_WITH = 0.35  # what part of the present figures there was a year ago
RESTLESS = {"orders_30d": 0.04, "active_clients": 0.03}  # how much these sway from day to day
OUTAGE = range(200, 206)  # days ago on which nothing was taken, as happens


def write_snapshots(plan: DemoPlan) -> None:
    """Take today's snapshot, write the year before it, and forecast from all of it.

    Opens its own units of work; to be called when everything else is there.
    """
    capture_snapshot()
    with unit_of_work() as work:
        present = work.session.scalars(select(CapacitySnapshot)).all()
        rows = [row for one in present for row in _past(one, plan)]
        work.session.execute(insert(CapacitySnapshot), rows)
    capture_snapshot()


def _past(present: CapacitySnapshot, plan: DemoPlan) -> Iterator[dict[str, Any]]:
    random = plan.random(f"snapshots {present.scope}")
    for ago in range(DAYS, 0, -1):
        if ago not in OUTAGE:
            yield _day(present, ago, random)


def _day(present: CapacitySnapshot, ago: int, random: Random) -> dict[str, Any]:
    grown = 1 - (1 - BEGAN_WITH) * ago / DAYS
    figures = {
        metric: round(getattr(present, metric) * grown * _swayed(metric, random))
        for metric in METRICS
    }
    limits = {
        code: {name: round(value * grown) for name, value in sums.items()}
        for code, sums in present.limits.items()
    }
    return {
        **figures,
        "day": present.day - timedelta(days=ago),
        "scope": present.scope,
        "platform_id": present.platform_id,
        "taken_at": present.taken_at - timedelta(days=ago),
        "subscriptions_by_tier": present.subscriptions_by_tier,
        "subscriptions_by_status": present.subscriptions_by_status,
        "storage_files": round(present.storage_files * grown),
        "limits": limits,
    }


def _swayed(metric: str, random: Random) -> float:
    return 1 + random.uniform(-1, 1) * RESTLESS.get(metric, 0.0)
