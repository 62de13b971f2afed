"""Windows and periods tile time and keep their anchor (D15)."""

from calendar import monthrange
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.kit.calendar import (
    Window,
    add_months,
    annual_window,
    local_date,
    local_day_bounds,
    local_month_bounds,
    monthly_window,
)

LUXEMBOURG = ZoneInfo("Europe/Luxembourg")
TICK = timedelta(microseconds=1)
FIRST_START = date(2024, 1, 1)  # five years with two leap days
START_DAYS = [FIRST_START + timedelta(days=n) for n in range(5 * 365 + 2)]
instants = st.datetimes(datetime(1980, 1, 1), datetime(2090, 1, 1), timezones=st.just(UTC))


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[misc, arg-type]


def last_day(month: date) -> int:
    return monthrange(month.year, month.month)[1]


def expected_boundary(start: date, months: int) -> date:
    """The oracle: walk month by month instead of computing."""
    year, month = start.year, start.month
    for _ in range(months):
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    return date(year, month, min(start.day, last_day(date(year, month, 1))))


def tiles(
    start: date, window_of: Callable[[datetime, datetime], Window], *, step: int, count: int
) -> None:
    anchor = datetime(start.year, start.month, start.day, 10, 30, tzinfo=UTC)
    begin = anchor
    for _ in range(count):
        window = window_of(anchor, begin)
        assert window.start == begin
        assert window_of(anchor, window.end - TICK) == window
        begin = window.end
        assert begin.day == start.day or (start.day > begin.day == last_day(begin))
    assert begin.date() == expected_boundary(start, step * count)
    assert begin.time() == anchor.time()


def test_tiles_ten_years_by_months_from_every_start_day_of_five_years() -> None:
    for start in START_DAYS:
        tiles(start, monthly_window, step=1, count=120)


def test_tiles_ten_years_by_years_from_every_start_day_of_five_years() -> None:
    for start in START_DAYS:
        tiles(start, annual_window, step=12, count=10)


def test_keeps_the_anchor_day_wherever_the_month_has_it() -> None:
    for start in START_DAYS[:366]:
        anchor = datetime(start.year, start.month, start.day, tzinfo=UTC)
        for months in range(121):
            assert add_months(anchor, months).date() == expected_boundary(start, months)


@pytest.mark.parametrize(
    ("months", "expected"),
    [
        (0, utc(2025, 1, 31, 8)),
        (1, utc(2025, 2, 28, 8)),
        (2, utc(2025, 3, 31, 8)),
        (3, utc(2025, 4, 30, 8)),
        (13, utc(2026, 2, 28, 8)),
        (37, utc(2028, 2, 29, 8)),
        (-1, utc(2024, 12, 31, 8)),
        (-11, utc(2024, 2, 29, 8)),
    ],
)
def test_counts_months_from_the_31st_and_returns_to_it(months: int, expected: datetime) -> None:
    assert add_months(utc(2025, 1, 31, 8), months) == expected


def test_returns_to_29_february_in_leap_years() -> None:
    anchor = utc(2024, 2, 29)
    assert [add_months(anchor, 12 * n).date() for n in range(5)] == [
        date(2024, 2, 29),
        date(2025, 2, 28),
        date(2026, 2, 28),
        date(2027, 2, 28),
        date(2028, 2, 29),
    ]


def test_starts_a_new_window_exactly_at_the_boundary() -> None:
    anchor = utc(2025, 1, 31, 8)
    boundary = utc(2025, 2, 28, 8)
    assert monthly_window(anchor, boundary - TICK) == Window(anchor, boundary)
    assert monthly_window(anchor, boundary) == Window(boundary, utc(2025, 3, 31, 8))


def test_has_windows_before_the_anchor_too() -> None:
    assert monthly_window(utc(2025, 3, 31), utc(2025, 2, 10)) == Window(
        utc(2025, 1, 31), utc(2025, 2, 28)
    )
    assert annual_window(utc(2025, 3, 31), utc(2025, 3, 30)) == Window(
        utc(2024, 3, 31), utc(2025, 3, 31)
    )


@given(anchor=instants, at=instants)
def test_holds_the_asked_instant_at_any_time_of_day(anchor: datetime, at: datetime) -> None:
    for window_of in (monthly_window, annual_window):
        window = window_of(anchor, at)
        assert at in window
        assert window.start.time() == window.end.time() == anchor.time()
        assert window_of(anchor, window.start - TICK).end == window.start
        assert window_of(anchor, window.end).start == window.end


@given(anchor=instants, months=st.integers(-400, 400), more=st.integers(1, 400))
def test_orders_boundaries_as_their_months(anchor: datetime, months: int, more: int) -> None:
    assert add_months(anchor, months) < add_months(anchor, months + more)


def test_reads_an_instant_of_another_zone_as_the_same_instant() -> None:
    east = timezone(timedelta(hours=2))
    assert add_months(datetime(2025, 2, 1, 1, tzinfo=east), 1) == utc(2025, 2, 28, 23)
    assert add_months(datetime(2025, 2, 1, 1, tzinfo=east), 1).tzinfo is UTC


def test_refuses_a_time_without_a_zone() -> None:
    naive = datetime(2025, 1, 1)
    for wrong in (
        lambda: add_months(naive, 1),
        lambda: monthly_window(utc(2025, 1, 1), naive),
        lambda: annual_window(naive, utc(2025, 1, 1)),
        lambda: local_date(naive, LUXEMBOURG),
    ):
        with pytest.raises(ValueError, match="has no time zone"):
            wrong()


@pytest.mark.parametrize(
    ("day", "start", "hours"),
    [
        (date(2026, 3, 28), utc(2026, 3, 27, 23), 24),
        (date(2026, 3, 29), utc(2026, 3, 28, 23), 23),
        (date(2026, 7, 1), utc(2026, 6, 30, 22), 24),
        (date(2026, 10, 25), utc(2026, 10, 24, 22), 25),
    ],
)
def test_gives_a_local_day_its_real_length(day: date, start: datetime, hours: int) -> None:
    bounds = local_day_bounds(day, LUXEMBOURG)
    assert bounds.start == start
    assert bounds.end - bounds.start == timedelta(hours=hours)


@pytest.mark.parametrize(
    ("zone", "day", "start", "hours"),
    [
        ("America/Sao_Paulo", date(2018, 11, 4), utc(2018, 11, 4, 3), 23),  # no midnight
        ("Atlantic/Azores", date(2026, 10, 25), utc(2026, 10, 25, 0), 25),  # two midnights
        ("Pacific/Apia", date(2011, 12, 30), utc(2011, 12, 30, 10), 0),  # no such day
    ],
)
def test_survives_midnights_that_are_missing_or_double(
    zone: str, day: date, start: datetime, hours: int
) -> None:
    bounds = local_day_bounds(day, ZoneInfo(zone))
    assert bounds.start == start
    assert bounds.end - bounds.start == timedelta(hours=hours)


def test_bounds_a_local_month_across_a_change_of_offset() -> None:
    assert local_month_bounds(date(2026, 3, 15), LUXEMBOURG) == Window(
        utc(2026, 2, 28, 23), utc(2026, 3, 31, 22)
    )
    assert local_month_bounds(date(2026, 12, 31), LUXEMBOURG) == Window(
        utc(2026, 11, 30, 23), utc(2026, 12, 31, 23)
    )


@pytest.mark.parametrize("zone", ["Europe/Luxembourg", "Asia/Kathmandu", "America/Sao_Paulo"])
def test_tiles_years_by_local_days_and_months(zone: str) -> None:
    tz, day = ZoneInfo(zone), date(2017, 1, 1)
    while day.year < 2020:
        today = local_day_bounds(day, tz)
        assert today.end == local_day_bounds(day + timedelta(days=1), tz).start
        assert local_date(today.start, tz) == day == local_date(today.end - TICK, tz)
        month = local_month_bounds(day, tz)
        assert today.start in month
        assert local_month_bounds(local_date(month.end, tz), tz).start == month.end
        day += timedelta(days=1)
