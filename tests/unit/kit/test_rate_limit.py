"""At most so many events within a window that slides."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from app.kit import rate_limit
from app.kit.clocks import Clocks, SettableClock, clocks, configure_clocks
from app.kit.errors import TooManyRequests
from app.kit.rate_limit import RateLimiter

MINUTE = timedelta(minutes=1)


@pytest.fixture
def clock() -> Iterator[SettableClock]:
    """System time that moves only when told."""
    before, clock = clocks(), SettableClock(datetime(2026, 1, 1, tzinfo=UTC))
    configure_clocks(Clocks(system=clock))
    yield clock
    configure_clocks(before)


def test_it_refuses_what_passes_the_limit_and_says_how_long(clock: SettableClock) -> None:
    limiter = RateLimiter(2, MINUTE)
    for _ in range(2):
        limiter.check("a")
        limiter.record("a")
        clock.advance(timedelta(seconds=10))
    with pytest.raises(TooManyRequests) as refused:
        limiter.check("a")
    assert refused.value.params["retry_after_s"] == 40
    limiter.check("b")  # another key is not concerned


def test_it_opens_again_when_the_oldest_leaves_the_window(clock: SettableClock) -> None:
    limiter = RateLimiter(1, MINUTE)
    limiter.record("a")
    clock.advance(MINUTE - timedelta(microseconds=1))
    with pytest.raises(TooManyRequests) as refused:
        limiter.check("a")
    assert refused.value.params["retry_after_s"] == 1
    clock.advance(timedelta(microseconds=1))
    limiter.check("a")


def test_it_forgets_the_least_recent_keys(
    clock: SettableClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rate_limit, "MAX_KEYS", 2)
    limiter = RateLimiter(1, MINUTE)
    for key in ("a", "b", "c"):
        limiter.record(key)
    limiter.check("a")
    for key in ("b", "c"):
        with pytest.raises(TooManyRequests):
            limiter.check(key)
