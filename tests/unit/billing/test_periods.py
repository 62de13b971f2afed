"""Periods that we count ourselves tile time and keep their day (D15)."""

from calendar import monthrange
from datetime import UTC, datetime, timedelta

import pytest

from app.kit.calendar import Window, add_months
from app.modules.billing.services.lifecycle.periods import following_period, period_at

FIRST_DAY = datetime(2024, 1, 1, 10, 30, tzinfo=UTC)
START_DAYS = [FIRST_DAY + timedelta(days=n) for n in range(5 * 365 + 2)]  # two leap days
TICK = timedelta(microseconds=1)


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[misc, arg-type]


def has_its_day(at: datetime, day: int) -> bool:
    return at.day == min(day, monthrange(at.year, at.month)[1])


@pytest.mark.parametrize(("is_annual", "count", "step"), [(False, 120, 1), (True, 10, 12)])
def test_it_tiles_ten_years_from_every_start_day_of_five_years(
    is_annual: bool, count: int, step: int
) -> None:
    for start in START_DAYS:
        period = Window(start, add_months(start, step))
        for number in range(2, count + 1):
            after = following_period(period, anchor=start, is_annual=is_annual)
            assert after.start == period.end
            assert after.end == add_months(start, number * step)
            assert has_its_day(after.end, start.day)
            period = after


def test_it_keeps_the_day_of_a_period_that_has_another_anchor() -> None:
    anchor, period = utc(2025, 6, 15), Window(utc(2025, 1, 10), utc(2025, 1, 31))
    ends = []
    for _ in range(5):
        period = following_period(period, anchor=anchor, is_annual=False)
        ends.append((period.end.month, period.end.day))
    assert ends == [(2, 28), (3, 31), (4, 30), (5, 31), (6, 30)]


def test_it_passes_over_three_missed_months_at_once() -> None:
    anchor = utc(2025, 10, 31, 8)
    period = Window(anchor, utc(2025, 11, 30, 8))
    assert period_at(period, utc(2026, 2, 15), anchor=anchor, is_annual=False) == Window(
        utc(2026, 1, 31, 8), utc(2026, 2, 28, 8)
    )


def test_it_changes_exactly_at_the_boundary() -> None:
    anchor = utc(2025, 1, 31)
    period = Window(anchor, utc(2025, 2, 28))
    assert period_at(period, period.end - TICK, anchor=anchor, is_annual=False) == period
    following = Window(period.end, utc(2025, 3, 31))
    assert period_at(period, period.end, anchor=anchor, is_annual=False) == following


def test_it_returns_to_29_february_in_leap_years() -> None:
    anchor = utc(2024, 2, 29)
    period = Window(utc(2027, 2, 28), utc(2028, 2, 29))
    assert following_period(period, anchor=anchor, is_annual=True).end == utc(2029, 2, 28)
    before = Window(utc(2026, 2, 28), utc(2027, 2, 28))
    assert following_period(before, anchor=anchor, is_annual=True) == period
