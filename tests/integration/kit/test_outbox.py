"""Messages leave after their commit, once, and are tried again until they are given up."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from app.kit import clocks, outbox
from app.kit.clocks import Clocks, SettableClock, configure_clocks
from app.kit.db import Database, UnitOfWork, unit_of_work
from app.kit.outbox import OutboxDelivery, OutboxMessage, Undeliverable
from app.kit.outbox.models import OutboxRow

START = datetime(2026, 5, 4, 8, 30, tzinfo=UTC)
LEASE = timedelta(minutes=2)

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> SettableClock:
    clock = SettableClock(START)
    monkeypatch.setattr(clocks, "_clocks", None)  # restores what was configured before
    configure_clocks(Clocks(system=clock))
    return clock


@pytest.fixture
def wakes() -> Iterator[list[str]]:
    """What a put message has woken."""
    woken: list[str] = []
    outbox.configure_wake(lambda: woken.append("woken"))
    yield woken
    outbox.configure_wake(outbox.message.nobody)


class Post:
    """A handler that notes what it delivers and fails when told to."""

    def __init__(self) -> None:
        self.delivered: list[OutboxMessage] = []
        self.error: Exception | None = None

    def __call__(self, message: OutboxMessage) -> None:
        if self.error is not None:
            raise self.error
        self.delivered.append(message)

    @property
    def payloads(self) -> list[dict[str, object]]:
        return [message.payload for message in self.delivered]


def put(n: int = 1, *, dedupe_key: str | None = None, available_at: datetime | None = None) -> bool:
    with unit_of_work() as work:
        return outbox.put(
            work, "letter", {"n": n}, dedupe_key=dedupe_key, available_at=available_at
        )


def rows() -> list[OutboxRow]:
    with unit_of_work() as work:
        return list(work.session.scalars(select(OutboxRow).order_by(OutboxRow.id)))


def test_delivers_in_the_order_of_writing() -> None:
    post = Post()
    for n in range(3):
        assert put(n)
    assert OutboxDelivery({"letter": post}).deliver_due() == 3
    assert post.payloads == [{"n": 0}, {"n": 1}, {"n": 2}]
    assert OutboxDelivery({"letter": post}).deliver_due() == 0


def test_keeps_nothing_of_a_transaction_that_fails(wakes: list[str]) -> None:
    def put_and_fail() -> None:
        with unit_of_work() as work:
            outbox.put(work, "letter", {"n": 1})
            raise RuntimeError("changed my mind")

    with pytest.raises(RuntimeError, match="changed my mind"):
        put_and_fail()
    assert rows() == []
    assert wakes == []


def test_wakes_delivery_after_the_commit_and_not_before(wakes: list[str]) -> None:
    with unit_of_work() as work:
        outbox.put(work, "letter", {"n": 1})
        assert wakes == []
    assert wakes == ["woken"]


def test_ignores_a_second_message_of_the_same_transition(wakes: list[str]) -> None:
    post = Post()
    delivery = OutboxDelivery({"letter": post})
    assert put(1, dedupe_key="invoice 7 paid")
    assert not put(2, dedupe_key="invoice 7 paid")
    assert delivery.deliver_due() == 1
    assert not put(3, dedupe_key="invoice 7 paid")
    assert delivery.deliver_due() == 0
    assert post.payloads == [{"n": 1}]
    assert wakes == ["woken"]


def test_tells_kinds_apart_when_it_looks_for_duplicates() -> None:
    assert put(1, dedupe_key="invoice 7 paid")
    with unit_of_work() as work:
        assert outbox.put(work, "webhook", {}, dedupe_key="invoice 7 paid")


def test_waits_until_a_message_may_leave(clock: SettableClock) -> None:
    post = Post()
    delivery = OutboxDelivery({"letter": post})
    put(available_at=START + timedelta(hours=1))
    clock.advance(timedelta(minutes=59))
    assert delivery.deliver_due() == 0
    clock.advance(timedelta(minutes=1))
    assert delivery.deliver_due() == 1


def test_leaves_messages_of_a_kind_that_nobody_handles() -> None:
    put()
    assert OutboxDelivery({"webhook": Post()}).deliver_due() == 0
    assert rows()[0].status == "waiting"


def test_forgets_the_payload_once_it_is_delivered() -> None:
    put()
    OutboxDelivery({"letter": Post()}).deliver_due()
    (row,) = rows()
    assert (row.status, row.payload, row.delivered_at) == ("delivered", {}, START)
    assert row.lease_until is None


def test_tries_eight_times_over_three_days_and_then_gives_up(clock: SettableClock) -> None:
    post = Post()
    post.error = ConnectionError("nobody at home")
    told: list[tuple[int, str]] = []
    delivery = OutboxDelivery(
        {"letter": post}, on_dead=lambda _work, message, error: told.append((message.id, error))
    )
    put()
    waits = [
        timedelta(0),
        timedelta(seconds=30),
        timedelta(minutes=5),
        timedelta(minutes=30),
        timedelta(hours=2),
        timedelta(hours=8),
        timedelta(hours=24),
        timedelta(hours=37),
    ]
    for tried, wait in enumerate(waits):
        assert rows()[0].attempts == tried
        if wait:
            clock.advance(wait - timedelta(microseconds=1))
            assert delivery.deliver_due() == 0
            clock.advance(timedelta(microseconds=1))
        assert told == []
        assert delivery.deliver_due() == 1
    (row,) = rows()
    assert (row.status, row.attempts, row.payload) == ("dead", 8, {"n": 1})
    assert row.error == "ConnectionError: nobody at home"
    assert told == [(row.id, "ConnectionError: nobody at home")]
    clock.advance(timedelta(days=30))
    assert delivery.deliver_due() == 0


def test_delivers_at_a_later_try(clock: SettableClock) -> None:
    post = Post()
    post.error = ConnectionError("nobody at home")
    delivery = OutboxDelivery({"letter": post})
    put()
    delivery.deliver_due()
    post.error = None
    clock.advance(timedelta(seconds=30))
    delivery.deliver_due()
    (row,) = rows()
    assert (row.status, row.attempts, row.error) == ("delivered", 2, None)
    assert [(message.id, message.attempt) for message in post.delivered] == [(row.id, 2)]


def test_gives_up_at_once_what_can_never_be_delivered() -> None:
    post = Post()
    post.error = Undeliverable("no such address")
    put()
    OutboxDelivery({"letter": post}).deliver_due()
    (row,) = rows()
    assert (row.status, row.attempts) == ("dead", 1)


def test_does_not_let_one_bad_message_stop_the_others() -> None:
    delivered: list[int] = []

    def handler(message: OutboxMessage) -> None:
        if message.payload["n"] == 0:
            raise ValueError("bad one")
        delivered.append(message.payload["n"])

    for n in range(3):
        put(n)
    assert OutboxDelivery({"letter": handler}).deliver_due() == 3
    assert delivered == [1, 2]


def test_completes_in_the_transaction_that_marks_the_message() -> None:
    def complete(work: UnitOfWork) -> None:
        outbox.put(work, "answer", {"n": 2})

    put()
    OutboxDelivery({"letter": lambda _message: complete}).deliver_due()
    assert [(row.kind, row.status) for row in rows()] == [
        ("letter", "delivered"),
        ("answer", "waiting"),
    ]


def test_leaves_nothing_of_a_completion_that_fails() -> None:
    def complete(work: UnitOfWork) -> None:
        outbox.put(work, "answer", {"n": 2})
        raise RuntimeError("too late")

    put()
    OutboxDelivery({"letter": lambda _message: complete}).deliver_due()
    assert [(row.kind, row.status, row.payload) for row in rows()] == [
        ("letter", "waiting", {"n": 1})
    ]


def test_takes_over_what_a_killed_process_had_begun(clock: SettableClock) -> None:
    class Killed(BaseException):
        """What kill -9 looks like from inside."""

    def die(_message: OutboxMessage) -> None:
        raise Killed

    post = Post()
    put()
    with pytest.raises(Killed):
        OutboxDelivery({"letter": die}).deliver_due()
    delivery = OutboxDelivery({"letter": post})
    clock.advance(LEASE - timedelta(microseconds=1))
    assert delivery.deliver_due() == 0
    clock.advance(timedelta(microseconds=1))
    assert delivery.deliver_due() == 1
    assert [message.attempt for message in post.delivered] == [2]


def test_gives_up_what_kills_every_process_that_tries(clock: SettableClock) -> None:
    class Killed(BaseException):
        """What kill -9 looks like from inside."""

    def die(_message: OutboxMessage) -> None:
        raise Killed

    delivery = OutboxDelivery({"letter": die})
    put()
    for _ in range(8):
        with pytest.raises(Killed):
            delivery.deliver_due()
        clock.advance(LEASE)
    assert delivery.deliver_due() == 1
    (row,) = rows()
    assert (row.status, row.error) == ("dead", "Undeliverable: every try was cut off")


def test_refuses_the_completion_of_a_delivery_that_was_taken_over(clock: SettableClock) -> None:
    def complete(work: UnitOfWork) -> None:
        outbox.put(work, "answer", {"n": 2})

    def slow(_message: OutboxMessage) -> outbox.Completion:
        clock.advance(LEASE)
        assert OutboxDelivery({"letter": Post()}).deliver_due() == 1
        return complete

    put()
    assert OutboxDelivery({"letter": slow}).deliver_due() == 1
    assert [(row.kind, row.status, row.attempts) for row in rows()] == [("letter", "delivered", 2)]


def test_delivers_once_while_another_process_claims(database: Database) -> None:
    """On PostgreSQL a locked message is passed over; on SQLite claims queue up."""
    if database.is_sqlite:
        put(1)
        seen: list[int] = []
        inner = OutboxDelivery({"letter": Post()})
        outer = OutboxDelivery({"letter": lambda _message: seen.append(inner.deliver_due())})
        assert outer.deliver_due() == 1
        assert seen == [0]
        return
    post = Post()
    put(1)
    put(2)
    with database.engine.begin() as other:
        other.execute(
            select(OutboxRow.id).where(OutboxRow.payload["n"].as_integer() == 1).with_for_update()
        )
        assert OutboxDelivery({"letter": post}).deliver_due() == 1
    assert post.payloads == [{"n": 2}]
