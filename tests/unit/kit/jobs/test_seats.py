"""Who of a worker's threads takes a turn, and that nothing asked for is overlooked."""

from collections.abc import Iterator
from threading import Event, Thread

import pytest
from celery.signals import worker_shutting_down
from structlog.testing import capture_logs

from app.kit.jobs import JOBS_TURN
from app.kit.jobs.celery_engine.seats import Seats

LIMIT_S = 20.0


class Turn:
    """A turn that stays at work until it is let go, and counts how often it was begun."""

    def __init__(self) -> None:
        self.begun = 0
        self.at_work, self.may_end = Event(), Event()
        self.more = False

    def take(self) -> bool:
        self.begun += 1
        self.at_work.set()
        assert self.may_end.wait(LIMIT_S)
        return self.more


@pytest.fixture
def turn() -> Iterator[Turn]:
    """Let go at the end, whatever a test left at work."""
    turn = Turn()
    yield turn
    turn.may_end.set()


def sit_down(seats: Seats, turn: Turn) -> Thread:
    """A thread that is at work on the turn."""
    turn.at_work.clear()
    thread = Thread(target=seats.take, daemon=True)
    thread.start()
    assert turn.at_work.wait(LIMIT_S)
    return thread


def test_it_leaves_a_turn_to_whoever_takes_it_who_then_looks_once_more(turn: Turn) -> None:
    seats = Seats("outbox", turn.take)
    thread = sit_down(seats, turn)
    seats.take()  # comes back at once
    seats.take()
    assert turn.begun == 1
    turn.may_end.set()
    thread.join(LIMIT_S)
    assert turn.begun == 2


def test_it_gives_jobs_two_seats(turn: Turn) -> None:
    seats = Seats(JOBS_TURN, turn.take)
    threads = [sit_down(seats, turn), sit_down(seats, turn)]
    assert turn.begun == 2
    turn.may_end.set()
    for thread in threads:
        thread.join(LIMIT_S)
    assert turn.begun == 2  # nobody asked meanwhile


def test_it_goes_on_while_there_is_more_until_the_worker_is_to_end(turn: Turn) -> None:
    turn.more = True
    seats = Seats("outbox", turn.take)
    thread = sit_down(seats, turn)
    worker_shutting_down.send(sender=None)
    turn.may_end.set()
    thread.join(LIMIT_S)
    assert not thread.is_alive()
    assert turn.begun == 1


def test_it_frees_the_seat_of_a_turn_that_fails() -> None:
    tries: list[str] = []

    def fail() -> bool:
        tries.append("try")
        raise ConnectionError

    seats = Seats("outbox", fail)
    with capture_logs() as logs:
        seats.take()
        seats.take()
    assert len(tries) == 2
    assert [entry["event"] for entry in logs] == ["background_turn_failed"] * 2
