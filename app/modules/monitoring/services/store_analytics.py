"""What happened in a store day by day, from what its modules tell, and what is expected."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from app.contracts.features import gate
from app.contracts.metrics import StoreSeries, metrics_providers
from app.contracts.tenants import StoreRef
from app.kit.calendar import local_date, local_day_bounds
from app.kit.clocks import business_now
from app.kit.db import unit_of_work
from app.modules.billing.public import (
    ExpectedValues,
    LimitOutlooks,
    expected_values,
    limit_outlooks,
)

BASIC, DASHBOARD, FORECAST = "basic_analytics", "analytics_dashboard", "revenue_forecast"
BASIC_DAYS = 30
AHEAD = 14
LEARNT_DAYS = 90  # a forecast looks back so far, whatever is shown


@dataclass(frozen=True)
class ExpectedSeries:
    """One series of a store; `expected` are the days to come, none without a forecast."""

    series: StoreSeries
    expected: ExpectedValues


@dataclass(frozen=True)
class StoreAnalytics:
    """The days of a store, the last of them today, and what happened on each."""

    days: Sequence[date]
    series: Sequence[ExpectedSeries]


def store_analytics(store: StoreRef, *, days: int) -> StoreAnalytics:
    """Read the last `days` days of a store, of its platform's zone.

    More than 30 days need `analytics_dashboard`; the forecast is there with `revenue_forecast`.
    Opens its own unit of work. Raises FeatureNotAvailable, SubscriptionInactive.
    """
    gate().require(store.owner, BASIC if days <= BASIC_DAYS else DASHBOARD)
    zone = ZoneInfo(store.timezone)
    today = local_date(business_now(), zone)
    foretold = gate().check(store.owner, FORECAST).allowed
    read = max(days, LEARNT_DAYS) if foretold else days
    known = [today - timedelta(days=read - 1 - n) for n in range(read)]
    starts = [local_day_bounds(day, zone).start for day in (*known, today + timedelta(days=1))]
    with unit_of_work(read_only=True) as work:
        found = [
            one
            for provider in metrics_providers()
            for one in provider.store_series(work.session, store, starts)
        ]
    return StoreAnalytics(
        known[-days:],
        [
            ExpectedSeries(
                replace(one, values=one.values[-days:]),
                _expected(one.values) if foretold else ExpectedValues(),
            )
            for one in found
        ],
    )


def store_limits(store: StoreRef) -> LimitOutlooks:
    """Return when the limits of the store's merchant are reached; needs `revenue_forecast`.

    Opens its own unit of work. Raises FeatureNotAvailable, SubscriptionInactive.
    """
    gate().require(store.owner, FORECAST)
    return limit_outlooks(store.owner)


def _expected(values: Sequence[int]) -> ExpectedValues:
    """Forecast from the complete days; the present one is still going on."""
    return expected_values(values[:-1], AHEAD)
