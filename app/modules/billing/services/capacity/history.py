"""Snapshots as series of days, for one scope."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

import numpy as np
from sqlalchemy.orm import Session

from app.contracts.tenants import AdminScope
from app.modules.billing.models import CapacitySnapshot, scope_name
from app.modules.billing.repositories import capacity_rows
from app.modules.billing.services.capacity.measure import LIMITED_BY
from app.modules.billing.services.forecasting.smoothing import Floats


class CapacityMetric(StrEnum):
    """What is followed over time."""

    MERCHANTS = "merchants"
    STORES = "stores"
    ACTIVE_CLIENTS = "active_clients"
    SUBSCRIPTIONS = "subscriptions"
    PRODUCTS = "products"
    ORDERS_30D = "orders_30d"
    TEAM_MEMBERS = "team_members"
    STORAGE_BYTES = "storage_bytes"
    DATABASE_BYTES = "database_bytes"
    ARR_CENTS = "arr_cents"


METRICS = tuple(str(one) for one in CapacityMetric)
KEPT_DAYS = 400  # how far back a forecast looks
_USED = "used:"


@dataclass(frozen=True)
class Point:
    """The figures of a scope on a day, what plans allow among them."""

    day: date
    values: Mapping[str, int]
    limits: Mapping[str, int]


def used(metric: str) -> str:
    """Return the series of what is used of finite limits alone, beside a metric."""
    return _USED + metric


def scopes_of(scope: AdminScope) -> list[str]:
    """Return the names under which the rows of a scope are kept."""
    if scope.platform_ids is None:
        return [scope_name(None)]
    return [scope_name(one) for one in sorted(scope.platform_ids)]


def read_history(db: Session, scope: AdminScope, *, since: date) -> list[Point]:
    """Return the days of a scope in order; several platforms are added up.

    A merchant of two platforms counts on both then. A day that one of them lacks is left out.
    """
    names = scopes_of(scope)
    by_day: dict[date, list[CapacitySnapshot]] = defaultdict(list)
    for name in names:
        for row in capacity_rows.snapshots(db, name, since=since):
            by_day[row.day].append(row)
    present = max((len(rows) for rows in by_day.values()), default=0)
    return [point_of(by_day[day]) for day in sorted(by_day) if len(by_day[day]) == present]


def point_of(rows: Sequence[CapacitySnapshot]) -> Point:
    """Return a day of one or more scopes."""
    values: dict[str, int] = {
        metric: sum(getattr(row, metric) for row in rows) for metric in METRICS
    }
    values["database_bytes"] = max(row.database_bytes for row in rows)  # they share the database
    limits: dict[str, int] = {}
    for metric, code in LIMITED_BY.items():
        sums = [row.limits[code] for row in rows if code in row.limits]
        if sums:
            unit = 1_000_000 if code.endswith("_mb") else 1
            limits[metric] = unit * sum(one["limit"] for one in sums)
            values[used(metric)] = unit * sum(one["actual"] for one in sums)
    return Point(rows[0].day, values, limits)


def daily(history: Sequence[Point], metric: str) -> Floats:
    """Return a metric for every day from the first to the last; NaN where none was taken."""
    known = {point.day: point.values[metric] for point in history if metric in point.values}
    if not known:
        return np.empty(0)
    first, last = min(known), max(known)
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return np.array([float(known.get(day, np.nan)) for day in days])
