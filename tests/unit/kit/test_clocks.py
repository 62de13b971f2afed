"""Two clocks: system time is real, business time may be ahead of it (D0, S21)."""

from collections.abc import Iterator
from contextvars import copy_context
from datetime import UTC, datetime, timedelta

import pytest

from app.kit import clocks as clock_module
from app.kit.clocks import (
    Clocks,
    SettableClock,
    SystemClock,
    business_now,
    clocks,
    configure_clocks,
    pin_business_time,
    system_now,
)

START = datetime(2026, 1, 31, 12, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    """Leave the process's clocks as they were; whoever pinned the time before is done."""
    before = clocks()
    pinned = clock_module._pinned_offset.set(None)
    yield
    clock_module._pinned_offset.reset(pinned)
    configure_clocks(before)


def test_the_machines_clock_tells_utc() -> None:
    assert SystemClock().now().tzinfo is UTC


def test_both_tell_the_same_where_the_clock_cannot_be_moved() -> None:
    configure_clocks(Clocks(system=SettableClock(START)))
    assert system_now() == business_now() == START
    assert not clocks().has_offset


def test_business_time_is_ahead_by_the_offset_and_system_time_is_not() -> None:
    configure_clocks(Clocks(system=SettableClock(START), read_offset=lambda: DAY))
    assert (system_now(), business_now()) == (START, START + DAY)


def test_a_request_keeps_the_offset_that_it_began_with() -> None:
    offsets = [DAY, 2 * DAY]
    configure_clocks(Clocks(system=SettableClock(START), read_offset=lambda: offsets[0]))

    def request() -> tuple[datetime, datetime]:
        pin_business_time()
        first = business_now()
        offsets.pop(0)
        return first, business_now()

    assert copy_context().run(request) == (START + DAY, START + DAY)
    assert business_now() == START + 2 * DAY
