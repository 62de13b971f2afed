"""What processes keep and tell together in Redis, which may be away."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path
from queue import Empty, Queue
from threading import Event, Thread
from uuid import uuid4

import pytest
from structlog.testing import capture_logs

from app.kit import redis_link
from app.kit.redis_link import RedisLink
from app.kit.shared import in_redis
from app.kit.shared.in_redis import BroadcastInRedis, CacheInRedis
from tests.integration.redis_servers import OwnRedis

MINUTE = timedelta(minutes=1)
LIMIT_S = 20.0


@pytest.fixture
def link(redis_url: str) -> Iterator[RedisLink]:
    link = RedisLink(redis_url)
    yield link
    link.close()


@pytest.fixture
def away(unused_port: int) -> Iterator[RedisLink]:
    """The way to a Redis that is not there."""
    link = RedisLink(f"redis://127.0.0.1:{unused_port}/0")
    yield link
    link.close()


@pytest.fixture
def name() -> str:
    """A key, or a channel, of this test alone."""
    return uuid4().hex


@contextmanager
def listening(link: RedisLink, channel: str, heard: "Queue[str]") -> Iterator[None]:
    """Listen in a thread, and go on once something told was heard."""
    stop = Event()
    told = BroadcastInRedis(link)
    thread = Thread(target=told.listen, args=(channel, heard.put, stop))
    thread.start()
    try:
        wait_until_heard(told, channel, heard)
        yield
    finally:
        stop.set()
        thread.join(LIMIT_S)
    assert not thread.is_alive()


def wait_until_heard(told: BroadcastInRedis, channel: str, heard: "Queue[str]") -> None:
    """Tell until somebody listens; afterwards nothing told by this is left to be heard."""
    for number in range(int(LIMIT_S / 0.1)):
        told.tell(channel, f"probe {number}")
        with suppress(Empty):
            heard.get(timeout=0.1)
            break
    else:
        pytest.fail("nobody listens")
    told.tell(channel, "last probe")
    while heard.get(timeout=LIMIT_S) != "last probe":
        pass


@pytest.mark.redis
def test_it_finds_what_another_process_put(redis_url: str, link: RedisLink, name: str) -> None:
    other = RedisLink(redis_url)
    assert CacheInRedis(link).get(name) is None
    CacheInRedis(other).put(name, b"\x00value", life=MINUTE)
    assert CacheInRedis(link).get(name) == b"\x00value"
    other.close()


@pytest.mark.redis
def test_it_keeps_a_value_for_no_longer_than_its_life(link: RedisLink, name: str) -> None:
    CacheInRedis(link).put(name, b"value", life=MINUTE)
    left_ms = link.ask(lambda redis: redis.pttl(f"tierline:cache:{name}"))
    assert 0 < left_ms <= 60_000


def test_it_finds_nothing_and_goes_on_while_redis_is_away(away: RedisLink, name: str) -> None:
    cache = CacheInRedis(away)
    with capture_logs() as logs:
        cache.put(name, b"value", life=MINUTE)
        assert cache.get(name) is None
        BroadcastInRedis(away).tell(name, "text")
    assert [entry["event"] for entry in logs] == ["redis_away"]


@pytest.mark.redis
def test_it_hears_what_others_tell_on_its_channel_alone(
    redis_url: str, link: RedisLink, name: str
) -> None:
    heard: Queue[str] = Queue()
    other, elsewhere = RedisLink(redis_url), RedisLink(redis_url.rpartition("/")[0] + "/1")
    with listening(link, name, heard):
        BroadcastInRedis(elsewhere).tell(name, "of another instance")
        BroadcastInRedis(other).tell(f"{name}2", "on another channel")
        BroadcastInRedis(other).tell(name, "first")
        BroadcastInRedis(other).tell(name, "zweites, größer")
        assert [heard.get(timeout=LIMIT_S) for _ in range(2)] == ["first", "zweites, größer"]
    assert heard.empty()
    other.close()
    elsewhere.close()


@pytest.mark.redis
def test_it_hears_again_when_redis_was_away(
    tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (in_redis, redis_link):
        monkeypatch.setattr(module, "AWAY_S", 0.05)
    heard: Queue[str] = Queue()
    redis = OwnRedis.begin(tmp_path)
    try:
        link = RedisLink(redis.url)
        with listening(link, name, heard):
            redis.stop()
            BroadcastInRedis(link).tell(name, "lost")
            redis.start()
            wait_until_heard(BroadcastInRedis(link), name, heard)
        assert heard.empty()
        link.close()
    finally:
        redis.stop()


@pytest.mark.redis
def test_it_stops_listening_when_the_listener_fails(link: RedisLink, name: str) -> None:
    told, failed = BroadcastInRedis(link), Event()

    def fail(_text: str) -> None:
        raise ZeroDivisionError

    def listen() -> None:
        with pytest.raises(ZeroDivisionError):
            told.listen(name, fail, Event())
        failed.set()

    Thread(target=listen, daemon=True).start()
    for _ in range(int(LIMIT_S / 0.05)):
        told.tell(name, "text")
        if failed.wait(0.05):
            return
    pytest.fail("it still listens")
