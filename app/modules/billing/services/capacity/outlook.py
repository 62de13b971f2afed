"""A figure's past and its forecast, day by day, for a chart."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy.orm import Session

from app.contracts.tenants import AdminScope
from app.kit.clocks import business_now
from app.modules.billing.services.capacity.history import KEPT_DAYS, read_history
from app.modules.billing.services.capacity.projections import projections
from app.modules.billing.services.capacity.trends import limit_of
from app.modules.billing.services.forecasting.forecast import LEAST_POINTS

SHOWN_AHEAD = 90


@dataclass(frozen=True)
class ExpectedDay:
    """One day to come, with its intervals."""

    day: date
    mean: int
    low_80: int
    high_80: int
    low_95: int
    high_95: int


@dataclass(frozen=True)
class Outlook:
    """A metric over the last days, and what is expected; no forecast from too little data."""

    metric: str
    past: Sequence[tuple[date, int]]
    expected: Sequence[ExpectedDay]
    limit: int | None
    accuracy: Mapping[str, Any] | None


def outlook(db: Session, scope: AdminScope, metric: str, *, days: int) -> Outlook:
    """Return a metric over the last days, and as many to come: at least 30, at most 90."""
    today = business_now().date()
    history = read_history(db, scope, since=today - timedelta(days=KEPT_DAYS))
    past = [
        (point.day, point.values[metric])
        for point in history
        if point.day > today - timedelta(days=days)
    ]
    made = projections(db, scope, history) if len(history) >= LEAST_POINTS else {}
    found = made.get(metric)
    ahead = min(SHOWN_AHEAD, max(days, 30))
    return Outlook(
        metric,
        past,
        [
            ExpectedDay(
                found.day + timedelta(days=n + 1),
                found.mean[n],
                found.low_80[n],
                found.high_80[n],
                found.low_95[n],
                found.high_95[n],
            )
            for n in range(ahead)
        ]
        if found
        else [],
        limit_of(metric, history[-1]) if history else None,
        found.accuracy if found else None,
    )
