"""Slots in local time, over both changes of offset."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.kit.jobs.schedule import Schedule

LUXEMBOURG = ZoneInfo("Europe/Luxembourg")
SPRING = datetime(2026, 3, 28, 12, tzinfo=UTC)  # 02:00 becomes 03:00 on the 29th
AUTUMN = datetime(2026, 10, 24, 12, tzinfo=UTC)  # 03:00 becomes 02:00 on the 25th


def days_and_times(cron: str, after: datetime, *, hours: int) -> list[str]:
    slots = Schedule(cron, LUXEMBOURG).slots(after, after + timedelta(hours=hours))
    return [f"{slot:%d %H:%M}" for slot in slots]


@pytest.mark.parametrize(
    ("cron", "expected"),
    [
        ("0 3 * * *", ["29 01:00", "30 01:00"]),
        ("30 2 * * *", ["29 01:00", "30 00:30"]),  # the skipped time comes at the gap's end
        ("15 4 * * *", ["29 02:15", "30 02:15"]),
    ],
)
def test_keeps_a_local_time_when_the_clocks_go_forward(cron: str, expected: list[str]) -> None:
    assert days_and_times(cron, SPRING, hours=48) == expected


@pytest.mark.parametrize(
    ("cron", "expected"),
    [
        ("30 2 * * *", ["25 00:30", "26 01:30"]),  # it comes twice and counts once
        ("0 2 * * *", ["25 00:00", "26 01:00"]),
        ("0 3 * * *", ["25 02:00", "26 02:00"]),
        ("0 0 * * *", ["24 22:00", "25 23:00"]),
    ],
)
def test_counts_a_repeated_local_time_once(cron: str, expected: list[str]) -> None:
    assert days_and_times(cron, AUTUMN, hours=48) == expected


@pytest.mark.parametrize("start", [SPRING, AUTUMN])
@pytest.mark.parametrize(("cron", "a_day"), [("0 * * * *", 24), ("*/15 * * * *", 96)])
def test_keeps_real_time_when_it_runs_in_every_hour(start: datetime, cron: str, a_day: int) -> None:
    slots = list(Schedule(cron, LUXEMBOURG).slots(start, start + timedelta(days=1)))
    step = timedelta(days=1) / a_day
    assert slots == [start + n * step for n in range(1, a_day + 1)]


def test_looks_back_over_a_repeated_local_time() -> None:
    daily = Schedule("30 2 * * *", LUXEMBOURG)
    first_time = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert daily.latest(datetime(2026, 10, 25, 12, tzinfo=UTC)) == first_time
    assert daily.latest(first_time + timedelta(hours=1)) == first_time


def test_knows_the_first_of_a_local_month() -> None:
    slots = Schedule("0 0 1 * *", LUXEMBOURG).slots(
        datetime(2026, 2, 28, 23, tzinfo=UTC), datetime(2026, 5, 1, tzinfo=UTC)
    )
    assert [f"{slot:%m-%d %H:%M}" for slot in slots] == ["03-31 22:00", "04-30 22:00"]


def test_excludes_the_start_and_includes_the_end_of_the_asked_time() -> None:
    hourly = Schedule("0 * * * *", LUXEMBOURG)
    assert list(hourly.slots(AUTUMN, AUTUMN + timedelta(hours=1))) == [AUTUMN + timedelta(hours=1)]
    assert list(hourly.slots(AUTUMN, AUTUMN)) == []
    assert hourly.latest(AUTUMN) == AUTUMN
    assert hourly.latest(AUTUMN - timedelta(microseconds=1)) == AUTUMN - timedelta(hours=1)


@given(
    at=st.datetimes(datetime(2026, 1, 2), datetime(2027, 1, 1), timezones=st.just(UTC)),
    cron=st.sampled_from(["30 2 * * *", "0 2,3 * * *", "*/20 * * * *", "0 0 * * 1", "0 12 1 * *"]),
)
def test_agrees_with_itself_on_the_latest_slot(at: datetime, cron: str) -> None:
    schedule = Schedule(cron, LUXEMBOURG)
    latest = schedule.latest(at)
    slots = list(schedule.slots(latest - timedelta(microseconds=1), at))
    assert slots == [latest]


@pytest.mark.parametrize("cron", ["", "every day", "61 * * * *", "* * * *", "0 0 31 2"])
def test_refuses_what_is_no_cron_expression(cron: str) -> None:
    with pytest.raises(ValueError, match="is not a cron expression"):
        Schedule(cron, LUXEMBOURG)
