"""At most so many events within a window that slides; counted in the process and in Redis alike."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from structlog.testing import capture_logs

from app.kit.clocks import Clocks, SettableClock, clocks, configure_clocks
from app.kit.errors import TooManyRequests
from app.kit.i18n import translate
from app.kit.rate_limit import (
    Events,
    EventsInProcess,
    RateLimiter,
    configure_rate_limits,
    in_process,
)
from app.kit.rate_limit.in_redis import EventsInRedis
from app.kit.redis_link import RedisLink

MINUTE = timedelta(minutes=1)
NOW = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture
def clock() -> Iterator[SettableClock]:
    """System time that moves only when told."""
    before, clock = clocks(), SettableClock(NOW)
    configure_clocks(Clocks(system=clock))
    yield clock
    configure_clocks(before)


@pytest.fixture
def link(redis_url: str) -> Iterator[RedisLink]:
    link = RedisLink(redis_url)
    yield link
    link.close()


@pytest.fixture(params=["process", pytest.param("redis", marks=pytest.mark.redis)])
def events(request: pytest.FixtureRequest, clock: SettableClock) -> Iterator[Events]:
    """Where this process counts, once of each kind."""
    events: Events = EventsInProcess()
    if request.param == "redis":
        events = EventsInRedis(request.getfixturevalue("link"))
    configure_rate_limits(events)
    yield events
    configure_rate_limits(EventsInProcess())


def limiter(limit: int) -> RateLimiter:
    """A limit that no other test has counted for."""
    return RateLimiter(uuid4().hex, limit, MINUTE)


def is_refused(limiter: RateLimiter, key: str) -> int | None:
    """Seconds to wait; None where there is room."""
    try:
        limiter.check(key)
    except TooManyRequests as refused:
        return int(refused.params["retry_after_s"])
    return None


def test_it_refuses_what_passes_the_limit_and_says_how_long(
    events: Events, clock: SettableClock
) -> None:
    two = limiter(2)
    for _ in range(2):
        two.take("a")
        clock.advance(timedelta(seconds=10))
    with pytest.raises(TooManyRequests) as refused:
        two.take("a")
    assert refused.value.params == {"retry_after_s": 40, "limit": 2, "window_s": 60}
    assert is_refused(two, "b") is None  # another key is not concerned


def test_it_opens_again_when_the_oldest_leaves_the_window(
    events: Events, clock: SettableClock
) -> None:
    one = limiter(1)
    one.record("a")
    clock.advance(MINUTE - timedelta(microseconds=1))
    assert is_refused(one, "a") == 1
    clock.advance(timedelta(microseconds=1))
    assert is_refused(one, "a") is None


def test_it_counts_no_refusal_but_every_failure(events: Events, clock: SettableClock) -> None:
    mails, failures = limiter(1), limiter(1)
    mails.take("a")
    failures.record("a")
    clock.advance(MINUTE / 2)
    with pytest.raises(TooManyRequests):
        mails.take("a")
    failures.record("a")
    clock.advance(MINUTE / 2)
    assert is_refused(mails, "a") is None
    assert is_refused(failures, "a") == 30


def test_it_lets_no_more_through_than_the_limit_however_many_ask_at_once(events: Events) -> None:
    five = limiter(5)

    def taken(_number: int) -> bool:
        try:
            five.take("a")
        except TooManyRequests:
            return False
        return True

    with ThreadPoolExecutor(16) as threads:
        assert sum(threads.map(taken, range(40))) == 5


def test_it_forgets_the_least_recent_keys(
    clock: SettableClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(in_process, "MAX_KEYS", 2)
    configure_rate_limits(EventsInProcess())
    one = limiter(1)
    for key in ("a", "b", "c"):
        one.record(key)
    assert [is_refused(one, key) for key in ("c", "b")] == [60, 60]
    assert is_refused(one, "a") is None


@pytest.mark.redis
def test_it_counts_together_with_other_processes(redis_url: str, clock: SettableClock) -> None:
    two, links = limiter(2), [RedisLink(redis_url), RedisLink(redis_url)]
    for link in links:  # as two processes would
        configure_rate_limits(EventsInRedis(link))
        two.take("a")
    assert is_refused(two, "a") == 60
    for link in links:
        link.close()


@pytest.mark.redis
def test_it_leaves_nothing_in_redis_when_the_window_has_passed(
    link: RedisLink, clock: SettableClock
) -> None:
    configure_rate_limits(EventsInRedis(link))
    name = uuid4().hex
    RateLimiter(name, 2, MINUTE).take("a")
    left_ms = link.ask(lambda redis: redis.pttl(f"tierline:rate:{name}:a"))
    assert 0 < left_ms <= 60_000


def test_it_goes_on_counting_here_while_redis_is_away(
    unused_port: int, clock: SettableClock
) -> None:
    away = RedisLink(f"redis://127.0.0.1:{unused_port}/0")
    configure_rate_limits(EventsInRedis(away))
    two = limiter(2)
    with capture_logs() as logs:
        two.take("a")
        two.take("a")
        assert is_refused(two, "a") == 60
    assert [entry["event"] for entry in logs] == ["redis_away"]  # tried once, then left alone
    assert away.check() == translate("core.kit.redis_away")
    away.close()
