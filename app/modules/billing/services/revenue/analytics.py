"""Everything that operators ask about revenue, in one reading (D27)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import chain
from zoneinfo import ZoneInfo

from app.contracts.tenants import AdminScope
from app.kit.clocks import business_now
from app.kit.db import UnitOfWork
from app.kit.settings import Settings, load_settings
from app.modules.billing.repositories import revenue_rows
from app.modules.billing.repositories.revenue_rows import Movement
from app.modules.billing.services.figures.statistics import Totals, read_totals
from app.modules.billing.services.forecasting.forecast import Accuracy, Forecast, forecast
from app.modules.billing.services.revenue.months import months_until
from app.modules.billing.services.revenue.movements import RevenueMonth, revenue_months
from app.modules.billing.services.revenue.retention import Cohort, cohorts_of

AHEAD = 6
YEAR = 12
_WEEK = timedelta(days=7)


@dataclass(frozen=True)
class ExpectedMonth:
    """Annual revenue expected at the end of a month, in minor units, with its intervals."""

    month: date
    mean: int
    low_80: int
    high_80: int
    low_95: int
    high_95: int


@dataclass(frozen=True)
class Analytics:
    """The present figures, the months behind, who stayed, and what is expected.

    `accuracy` is that of the forecast, None where too few months are known to test it.
    """

    totals: Totals
    months: Sequence[RevenueMonth]
    cohorts: Sequence[Cohort]
    expected: Sequence[ExpectedMonth]
    accuracy: Accuracy | None


def read_analytics(work: UnitOfWork, scope: AdminScope, *, months: int) -> Analytics:
    """Read the last `months` months, the present one included; a handful of statements.

    Add-ons expand and contract what plans bring, so that the last month closes with the present
    annual revenue. Who began and who left is counted by plans.
    """
    zone = ZoneInfo(load_settings(Settings).timezone)
    known = months_until(business_now(), zone, months)
    days, starts = [day for day, _ in known[:-1]], [start for _, start in known]
    asked = work.session, scope.platform_ids, starts
    sums = chain(revenue_rows.movements(*asked), revenue_rows.addon_movements(*asked))
    moved = revenue_months(sums, days)
    began = [month.subscriptions[Movement.NEW] for month in moved]
    stayed = cohorts_of(revenue_rows.cohorts(*asked), began, days)
    totals = read_totals(work, scope)
    made = _forecast(moved)
    expected = [] if made is None else _expected(made, known[-1][0])
    return Analytics(totals, moved, stayed, expected, made.accuracy if made else None)


def _forecast(months: Sequence[RevenueMonth]) -> Forecast | None:
    """Forecast the next months from the complete ones; the present one is still going on."""
    complete = [month.closing_arr_cents for month in months[:-1]]
    paid = next((place for place, value in enumerate(complete) if value), len(complete))
    return forecast(complete[paid:], AHEAD + 1, periods=(YEAR,))


def _expected(made: Forecast, following: date) -> list[ExpectedMonth]:
    found, month = [], following
    for step in range(1, AHEAD + 1):  # step 0 is the present month
        lines = (made.mean, made.low_80, made.high_80, made.low_95, made.high_95)
        found.append(ExpectedMonth(month, *(max(0, round(float(line[step]))) for line in lines)))
        month = (month.replace(day=28) + _WEEK).replace(day=1)
    return found
