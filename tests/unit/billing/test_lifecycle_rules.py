"""When owners hear of an end that comes near, and of a limit that fills up."""

from datetime import UTC, datetime, timedelta

import pytest

from app.modules.billing.services.lifecycle.trial_notices import days_to_tell
from app.modules.billing.services.lifecycle.usage_alerts import thresholds_passed

START = datetime(2026, 1, 17, 9, tzinfo=UTC)
END = datetime(2026, 1, 31, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("left", "days"),
    [
        (timedelta(days=7, seconds=1), None),
        (timedelta(days=7), 7),
        (timedelta(days=3, seconds=1), 7),
        (timedelta(days=3), 3),
        (timedelta(days=1), 1),
        (timedelta(seconds=1), 1),
        (timedelta(0), None),
    ],
)
def test_it_tells_the_nearest_notice_alone(left: timedelta, days: int | None) -> None:
    assert days_to_tell(START, END, END - left, at_stripe=False) == days


def test_it_leaves_the_third_day_to_stripe() -> None:
    told = [days_to_tell(START, END, END - timedelta(days=n), at_stripe=True) for n in (7, 3, 1)]
    assert told == [7, None, 1]


def test_it_tells_nothing_on_the_first_day_of_a_short_trial() -> None:
    begun = END - timedelta(days=5)
    assert days_to_tell(begun, END, begun, at_stripe=False) is None
    assert days_to_tell(begun, END, END - timedelta(days=3), at_stripe=False) == 3


@pytest.mark.parametrize(
    ("used", "limit", "passed"),
    [
        (69, 100, []),
        (70, 100, [70]),
        (89, 100, [70]),
        (90, 100, [70, 90]),
        (100, 100, [70, 90, 100]),
        (300, 200, [70, 90, 100]),
        (5, None, []),
        (5, 0, []),
    ],
)
def test_it_counts_the_thresholds_that_were_reached(
    used: int, limit: int | None, passed: list[int]
) -> None:
    assert thresholds_passed(used, limit) == passed
