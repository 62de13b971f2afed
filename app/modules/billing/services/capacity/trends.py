"""How the figures of a scope grow, and where they are going (D34)."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any, TypedDict

from sqlalchemy.orm import Session

from app.contracts.tenants import AdminScope
from app.kit.clocks import business_now
from app.modules.billing.services.capacity.history import (
    KEPT_DAYS,
    METRICS,
    Point,
    read_history,
    used,
)
from app.modules.billing.services.capacity.infrastructure import next_step_at
from app.modules.billing.services.capacity.projections import Projection, projections
from app.modules.billing.services.forecasting.forecast import LEAST_POINTS

MONTH_DAYS = 30
_AHEAD = MONTH_DAYS - 1
ACTIVE = "active_clients"


class MetricTrend(TypedDict):
    """One metric. `growth_rate` is in percent over the days looked at, None from zero.

    `daily_projection` is the expected change a day, `monthly_projection` the expected value in 30
    days, both None without a forecast; the intervals are of the latter. `limit` is what finite
    plans allow, of active clients what the infrastructure carries; `limit_reached_on` when it is
    reached as expected, None where that is not foreseen.
    """

    first: int
    last: int
    growth_rate: float | None
    daily_projection: float | None
    monthly_projection: int | None
    interval_80: list[int] | None
    interval_95: list[int] | None
    limit: int | None
    limit_reached_on: date | None
    accuracy: Mapping[str, Any] | None


class GrowthTrends(TypedDict):
    """Trends of a scope over some days; `snapshots` is how many of them are known."""

    days: int
    snapshots: int
    insufficient_data: bool
    metrics: dict[str, MetricTrend]


def growth_trends(db: Session, scope: AdminScope, *, days: int) -> GrowthTrends:
    """Return the trends of every metric over the last `days` days, today included.

    With fewer than seven snapshots in all there is no projection.
    """
    today = business_now().date()
    history = read_history(db, scope, since=today - timedelta(days=KEPT_DAYS))
    shown = [point for point in history if point.day > today - timedelta(days=days)]
    enough = len(history) >= LEAST_POINTS
    expected = projections(db, scope, history) if enough else {}
    return GrowthTrends(
        days=days,
        snapshots=len(shown),
        insufficient_data=not enough,
        metrics={metric: _trend(metric, shown, expected) for metric in METRICS} if shown else {},
    )


def _trend(metric: str, shown: Sequence[Point], expected: Mapping[str, Projection]) -> MetricTrend:
    first, last = shown[0].values[metric], shown[-1].values[metric]
    limit = limit_of(metric, shown[-1])
    projection = expected.get(metric)
    return MetricTrend(
        first=first,
        last=last,
        growth_rate=round(100 * (last - first) / first, 1) if first else None,
        daily_projection=_a_day(projection, last),
        monthly_projection=projection.mean[_AHEAD] if projection else None,
        interval_80=[projection.low_80[_AHEAD], projection.high_80[_AHEAD]] if projection else None,
        interval_95=[projection.low_95[_AHEAD], projection.high_95[_AHEAD]] if projection else None,
        limit=limit,
        limit_reached_on=_reached_on(metric, limit, shown[-1], expected),
        accuracy=projection.accuracy if projection else None,
    )


def _a_day(projection: Projection | None, last: int) -> float | None:
    return round((projection.mean[_AHEAD] - last) / MONTH_DAYS, 2) if projection else None


def limit_of(metric: str, point: Point) -> int | None:
    """Return what bounds a metric; None where nothing does."""
    if metric == ACTIVE:
        return next_step_at(point.values[metric])
    return point.limits.get(metric) or None


def _reached_on(
    metric: str, limit: int | None, last: Point, expected: Mapping[str, Projection]
) -> date | None:
    """Return when a limit is reached: by those who have one, since others may grow for ever."""
    name = used(metric) if used(metric) in last.values else metric
    projection = expected.get(name)
    if limit is None or projection is None:
        return None
    if last.values[name] >= limit:
        return last.day
    steps = projection.first_at_least(limit)
    return None if steps is None else projection.day + timedelta(days=steps)
