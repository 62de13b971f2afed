"""When a limit is reached, from what was used day by day (D34)."""

import pytest

from app.modules.billing.services.forecasting.reaching import (
    AHEAD_DAYS,
    Reaching,
    reach_in_window,
    reach_level,
)

EVERY_DAY = range(1, AHEAD_DAYS + 1)


def test_a_level_that_grows_by_two_a_day_reaches_a_hundred_in_thirty_days() -> None:
    assert reach_level([2 * day for day in range(1, 21)], 100) == Reaching(30, None)


def test_what_does_not_grow_reaches_nothing() -> None:
    assert reach_level([40] * 20, 100) == Reaching(None, None)


def test_what_is_reached_already_is_reached_today() -> None:
    assert reach_level([100] * 20, 100) == Reaching(0, None)
    assert reach_level([120] * 20, 100) == Reaching(0, None)


@pytest.mark.parametrize("days", [[], [0] * 90, [1, 2, 3, 4, 5, 6], [0] * 80 + [10, 20, 30]])
def test_days_before_the_first_use_are_no_history(days: list[int]) -> None:
    assert reach_level(days, 100) is None
    assert reach_in_window([*days, 5], 100, used=5, begins=()) is None


def test_a_window_fills_day_by_day() -> None:
    found = reach_in_window([5] * 20, 100, used=50, begins=())
    assert found == Reaching(10, None)


def test_what_is_still_to_come_today_counts() -> None:
    assert reach_in_window([5] * 19 + [1], 54, used=50, begins=()) == Reaching(0, None)


def test_a_new_window_begins_from_nothing() -> None:
    assert reach_in_window([5] * 20, 100, used=50, begins={9}) == Reaching(28, None)
    assert reach_in_window([5] * 20, 100, used=50, begins=EVERY_DAY) == Reaching(None, None)


def test_a_limit_of_each_day_is_reached_by_the_day_that_passes_it() -> None:
    spent = [10 * day for day in range(1, 21)]
    assert reach_in_window(spent, 230, used=200, begins=EVERY_DAY) == Reaching(3, None)


def test_a_longer_history_tells_how_good_the_forecast_was() -> None:
    levels = [100 + 3 * day + (day * 7919) % 11 for day in range(91)]
    found = reach_level(levels, 10_000)
    assert found is not None
    assert found.accuracy is not None
    assert found.accuracy.points > 20
