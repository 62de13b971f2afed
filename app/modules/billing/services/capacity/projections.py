"""Forecasts of a scope's figures: made with each snapshot, kept, and read by pages (D34)."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

import numpy as np
from sqlalchemy.orm import Session

from app.contracts.tenants import AdminScope
from app.modules.billing.repositories import capacity_rows
from app.modules.billing.services.capacity.history import Point, daily, scopes_of
from app.modules.billing.services.forecasting.forecast import Forecast, forecast

HORIZON_DAYS = 180
WEEK = 7
LINES = ("mean", "low_80", "high_80", "low_95", "high_95")


@dataclass(frozen=True)
class Projection:
    """The expected values of the days after `day`, whole and never below zero."""

    day: date
    mean: Sequence[int]
    low_80: Sequence[int]
    high_80: Sequence[int]
    low_95: Sequence[int]
    high_95: Sequence[int]
    accuracy: Mapping[str, Any] | None

    def first_at_least(self, limit: float) -> int | None:
        """Return after how many days a limit is reached as expected; None: not foreseen."""
        return next((n + 1 for n, value in enumerate(self.mean) if value >= limit), None)


def project(history: Sequence[Point]) -> dict[str, Projection]:
    """Forecast every series of a history; those with too few points are left out."""
    found = {}
    for metric in sorted({name for point in history for name in point.values}):
        made = forecast(daily(history, metric), HORIZON_DAYS, periods=(WEEK,))
        if made is not None:
            last = max(point.day for point in history if metric in point.values)
            found[metric] = _whole(last, made)
    return found


def store(db: Session, scope: str, day: date, made: Mapping[str, Projection]) -> None:
    """Keep the forecasts of a scope in the place of older ones."""
    rows = {
        metric: ({line: list(getattr(one, line)) for line in LINES}, one.accuracy)
        for metric, one in made.items()
    }
    capacity_rows.put_forecasts(db, scope, day, rows)


def projections(db: Session, scope: AdminScope, history: Sequence[Point]) -> dict[str, Projection]:
    """Return the kept forecasts of a scope, several platforms added up; else make them now.

    What is kept counts only if it was made with the newest snapshot.
    """
    if not history:
        return {}
    kept = [_read(db, name, history[-1].day) for name in scopes_of(scope)]
    if not all(kept):
        return project(history)
    shared = set.intersection(*(set(one) for one in kept))
    return {metric: _added([one[metric] for one in kept]) for metric in sorted(shared)}


def _read(db: Session, scope: str, day: date) -> dict[str, Projection]:
    rows = capacity_rows.forecasts(db, scope)
    return {
        metric: Projection(row.day, **row.steps, accuracy=row.accuracy)
        for metric, row in rows.items()
        if row.day == day
    }


def _whole(day: date, made: Forecast) -> Projection:
    lines = {
        line: [round(value) for value in np.maximum(getattr(made, line), 0).tolist()]
        for line in LINES
    }
    return Projection(
        day, **lines, accuracy=None if made.accuracy is None else asdict(made.accuracy)
    )


def _added(parts: Sequence[Projection]) -> Projection:
    """Add platforms up; widths add too, which is rather too careful than too bold."""
    if len(parts) == 1:
        return parts[0]
    lines = {
        line: [sum(values) for values in zip(*(getattr(one, line) for one in parts), strict=True)]
        for line in LINES
    }
    return Projection(parts[0].day, **lines, accuracy=None)
