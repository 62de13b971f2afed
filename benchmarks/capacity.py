"""Capacity at a million subscriptions: the day's snapshot, what pages read, and one forecast.

Beside the same figures counted anew by the same set queries. Another number of merchants may be
given as an argument.
"""

import resource
import sys
from functools import partial

import numpy as np

from app.contracts.tenants import AdminScope
from app.kit.db import unit_of_work
from app.modules.billing.public import capacity_forecast_service
from app.modules.billing.services.capacity.capture import capture_snapshot
from app.modules.billing.services.capacity.measure import measure
from app.modules.billing.services.capacity.standing import standing
from app.modules.billing.services.capacity.subscription_capacity import subscription_capacity
from app.modules.billing.services.forecasting.forecast import forecast
from benchmarks._databases import KINDS, fresh_database
from benchmarks._report import Figure, report
from benchmarks._subscribers import subscribers
from benchmarks._timing import in_turns

MERCHANTS = 1_000_000
EVERYTHING = AdminScope(None)
MS = 1000.0


def main() -> int:
    """Measure and report."""
    number = int(next((one for one in sys.argv[1:] if one.isdigit()), MERCHANTS))
    figures = [_forecast()]
    for kind in KINDS:
        with fresh_database(kind):
            subscribers(number)
            figures += _measure(kind)
    return report("capacity", figures, profiled=partial(forecast, _year(), 30))


def _measure(kind: str) -> list[Figure]:
    before = _peak_mb()
    (taken,) = in_turns(capture_snapshot, rounds=1)
    grown = _peak_mb() - before
    pages, counted = in_turns(_pages, _counted, rounds=3)
    assert _figures() == _figures(fresh=True)
    return [
        Figure(f"{kind}, snapshot", "s", taken, 20),
        Figure(f"{kind}, memory of a snapshot", "MB", grown, 100),
        Figure(f"{kind}, pages", "ms", pages * MS, 300, counted * MS, absolute=True),
    ]


def _pages() -> None:
    """What the page of capacity reads."""
    with unit_of_work(read_only=True) as work:
        standing(work.session, EVERYTHING)
        subscription_capacity(work.session, EVERYTHING)
        capacity_forecast_service.get_growth_trends(work.session, 365)
        capacity_forecast_service.get_scaling_recommendations(work.session)


def _counted() -> None:
    with unit_of_work(read_only=True) as work:
        measure(work.session)


def _figures(*, fresh: bool = False) -> tuple[int, int]:
    """Live subscriptions and the sum of their product limits, as kept or as counted now."""
    with unit_of_work(read_only=True) as work:
        if fresh:
            found = measure(work.session)[None]
            return sum(found.by_status.values()), found.limits["max_products"]["limit"]
        kept = subscription_capacity(work.session, EVERYTHING)
        return kept["total_subscriptions"], kept["products"]["theoretical_limit"]


def _forecast() -> Figure:
    (seconds,) = in_turns(partial(forecast, _year(), 30), rounds=5)
    return Figure("forecast of 365 points", "ms", seconds * MS, 150)


def _year() -> list[float]:
    days = np.arange(365)
    noise = np.random.default_rng(1).normal(0, 10, 365)
    return [float(one) for one in 1000 + 3 * days + 40 * np.sin(2 * np.pi * days / 7) + noise]


def _peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000


if __name__ == "__main__":
    sys.exit(main())
