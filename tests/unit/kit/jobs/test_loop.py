"""Turns of a background thread: repeated, woken, stopped; proven by events, never by sleeping."""

from collections.abc import Iterator
from queue import Queue
from threading import Event

import pytest
from structlog.testing import capture_logs

from app.kit.jobs.loop import BackgroundLoop

NEVER_S = 3600.0
LIMIT_S = 20.0


class Turns:
    """Counts turns in a way that a test can wait for."""

    def __init__(self) -> None:
        self._taken: Queue[str] = Queue()

    def take(self) -> bool:
        self._taken.put("turn")
        return False

    def fail(self) -> bool:
        self._taken.put("turn")
        raise RuntimeError("database is away")

    def wait_for_one(self) -> None:
        assert self._taken.get(timeout=LIMIT_S) == "turn"

    @property
    def none_left(self) -> bool:
        return self._taken.empty()


@pytest.fixture
def loops() -> Iterator[list[BackgroundLoop]]:
    """Loops of a test; all are stopped at its end."""
    started: list[BackgroundLoop] = []
    yield started
    for loop in started:
        loop.stop_soon()
        assert loop.join(LIMIT_S)


def test_takes_a_turn_at_its_start_and_when_woken(loops: list[BackgroundLoop]) -> None:
    turns = Turns()
    loop = BackgroundLoop("test", turns.take, every_s=NEVER_S)
    loops.append(loop)
    loop.start()
    for _ in range(3):
        turns.wait_for_one()
        assert turns.none_left
        loop.wake()


def test_goes_on_at_once_while_there_is_more(loops: list[BackgroundLoop]) -> None:
    left = [True] * 5 + [False]
    done = Event()

    def turn() -> bool:
        more = left.pop(0)
        if not more:
            done.set()
        return more

    loop = BackgroundLoop("test", turn, every_s=NEVER_S)
    loops.append(loop)
    loop.start()
    assert done.wait(LIMIT_S)
    assert left == []


def test_comes_back_after_its_pause(loops: list[BackgroundLoop]) -> None:
    turns = Turns()
    loop = BackgroundLoop("test", turns.take, every_s=0.001)
    loops.append(loop)
    loop.start()
    for _ in range(5):
        turns.wait_for_one()


def test_survives_a_turn_that_fails(loops: list[BackgroundLoop]) -> None:
    turns = Turns()
    with capture_logs() as logs:
        loop = BackgroundLoop("test", turns.fail, every_s=NEVER_S)
        loops.append(loop)
        loop.start()
        turns.wait_for_one()
        loop.wake()
        turns.wait_for_one()
        loop.stop_soon()
        assert loop.join(LIMIT_S)
    assert [entry["event"] for entry in logs] == ["background_turn_failed"] * 2


def test_finishes_the_turn_that_runs_and_begins_no_other(loops: list[BackgroundLoop]) -> None:
    begun, may_end = Event(), Event()
    ended: list[str] = []

    def turn() -> bool:
        begun.set()
        may_end.wait(LIMIT_S)
        ended.append("turn")
        return True

    loop = BackgroundLoop("test", turn, every_s=NEVER_S)
    loops.append(loop)
    loop.start()
    assert begun.wait(LIMIT_S)
    loop.stop_soon()
    assert not loop.join(0.0)  # still at work
    may_end.set()
    assert loop.join(LIMIT_S)
    assert ended == ["turn"]


def test_can_be_started_twice_and_again_after_its_end(loops: list[BackgroundLoop]) -> None:
    turns = Turns()
    loop = BackgroundLoop("test", turns.take, every_s=NEVER_S)
    loops.append(loop)
    loop.start()
    loop.start()
    turns.wait_for_one()
    loop.stop_soon()
    assert loop.join(LIMIT_S)
    assert turns.none_left
    loop.start()
    turns.wait_for_one()


def test_ends_at_once_when_it_was_never_started() -> None:
    assert BackgroundLoop("test", lambda: False, every_s=NEVER_S).join(0.0)
