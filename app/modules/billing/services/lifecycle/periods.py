"""Periods that no Stripe counts for us: each begins where the last one ended (D15); pure."""

from datetime import datetime

from app.kit.calendar import MONTHS_PER_YEAR, Window, add_months, monthly_window


def following_period(period: Window, *, anchor: datetime, is_annual: bool) -> Window:
    """Return the period after one, a month or a year long.

    It counts from `anchor` where the period ends on one of its months, else from the period's own
    beginning, else ("paid until" any day) from its end: so the 31st comes back after February.
    """
    begins = period.end
    counted_from = next(
        one for one in (anchor, period.start, begins) if monthly_window(one, begins).start == begins
    )
    passed = MONTHS_PER_YEAR * (begins.year - counted_from.year) + begins.month - counted_from.month
    length = MONTHS_PER_YEAR if is_annual else 1
    return Window(begins, add_months(counted_from, passed + length))


def period_at(period: Window, now: datetime, *, anchor: datetime, is_annual: bool) -> Window:
    """Return the period that holds `now`, however many were missed since the given one."""
    while period.end <= now:
        period = following_period(period, anchor=anchor, is_annual=is_annual)
    return period
