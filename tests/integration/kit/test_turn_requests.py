"""Requests for turns on their way to Celery's workers."""

from collections.abc import Iterator
from uuid import uuid4

import pytest
from redis import Redis
from structlog.testing import capture_logs

from app.kit.jobs.celery_engine import CeleryEngine
from app.kit.jobs.celery_engine.requests import TurnRequests

LIMIT_S = 20.0


def nothing() -> bool:
    return False


@pytest.fixture
def redis(redis_url: str) -> Iterator[Redis]:
    with Redis.from_url(redis_url) as redis:
        yield redis


@pytest.fixture
def turn() -> str:
    """A turn, and so a queue, of this test alone."""
    return uuid4().hex


@pytest.mark.redis
def test_it_asks_once_however_often_it_is_told(redis_url: str, redis: Redis, turn: str) -> None:
    requests = TurnRequests(CeleryEngine(redis_url, {turn: nothing}).app)
    for _ in range(3):
        requests.ask(turn)
    assert redis.llen(f"tierline:{turn}") == 1


@pytest.mark.redis
def test_it_asks_again_when_the_request_was_taken(redis_url: str, redis: Redis, turn: str) -> None:
    requests = TurnRequests(CeleryEngine(redis_url, {turn: nothing}).app)
    requests.ask(turn)
    assert redis.lpop(f"tierline:{turn}") is not None
    requests.ask(turn)
    assert redis.llen(f"tierline:{turn}") == 1


@pytest.mark.redis
def test_it_asks_from_a_thread_of_its_own(redis_url: str, redis: Redis, turn: str) -> None:
    engine = CeleryEngine(redis_url, {turn: nothing})
    engine.start()
    for _ in range(100):
        engine.wake(turn)
    assert redis.blmove(f"tierline:{turn}", f"tierline:{turn}", int(LIMIT_S)) is not None
    assert engine.stop(LIMIT_S)
    assert redis.llen(f"tierline:{turn}") == 1


def test_it_loses_requests_while_redis_is_away_and_says_so_once(
    unused_port: int, turn: str
) -> None:
    requests = TurnRequests(CeleryEngine(f"redis://127.0.0.1:{unused_port}/0", {turn: nothing}).app)
    with capture_logs() as logs:
        requests.ask(turn)
        requests.ask(turn)
    assert [entry["event"] for entry in logs] == ["redis_away"]
