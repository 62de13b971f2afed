"""What one process changes, others know within a second, however they hear of it (D18)."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from functools import partial
from queue import Empty, Queue
from threading import Event
from time import monotonic

import psycopg
import pytest
from sqlalchemy import text
from structlog.testing import CapturingLogger

from app.contracts.tenants import Owner
from app.kit.clocks import Clocks, clocks, configure_clocks, system_now
from app.kit.db import Database, UnitOfWork, unit_of_work
from app.kit.redis_link import RedisLink
from app.kit.shared import broadcast, configure_broadcast
from app.kit.shared.in_redis import BroadcastInRedis
from app.modules.billing.repositories import epochs
from app.modules.billing.services.freshness import VOUCHED_FOR_S, EpochPoll, FreshnessThreads
from tests.factories.billing import a_tier_limit
from tests.factories.tenancy import AShop

PRODUCTS = "max_products"
WATCHER = "tests.integration.billing.watcher"
LISTENERS = (
    "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'LISTEN %'"
)


class Watcher:
    """Another process that looks at one limit all the time."""

    def __init__(self, database: Database, shop: AShop) -> None:
        owner = [str(shop.merchant_id), str(shop.platform_id)]
        self._process = subprocess.Popen(
            [sys.executable, "-m", WATCHER, database.url, *owner, PRODUCTS],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def next(self) -> tuple[int, float]:
        """Wait for a new value; returns it and when the last check with the old one began."""
        assert self._process.stdout is not None
        line = json.loads(self._process.stdout.readline())
        return line["limit"], line["last_old_began"]

    def end(self) -> int:
        """Let it finish; returns its exit code."""
        self._process.communicate()
        return self._process.returncode


@pytest.fixture
def watcher(database: Database, shop: AShop) -> Iterator[Watcher]:
    """A process that has seen the present limit."""
    watcher = Watcher(database, shop)
    assert watcher.next()[0] == 200
    yield watcher
    assert watcher.end() == 0


def sees_within_a_second(watcher: Watcher, shop: AShop, limit: int) -> bool:
    """Change the limit here; whether no check there that began a second later gave the old one."""
    a_tier_limit(shop.platform_id, "essential", PRODUCTS, limit)
    committed_at = monotonic()
    seen, last_old_began = watcher.next()
    assert seen == limit
    return last_old_began < committed_at + VOUCHED_FOR_S


def listeners() -> set[int]:
    with unit_of_work(read_only=True) as work:
        return set(work.session.scalars(text(LISTENERS)))


def wait_for_a_listener(unlike: set[int]) -> int:
    """Return the server process of a listener that was not there before."""
    deadline = monotonic() + 30
    while monotonic() < deadline:
        if new := listeners() - unlike:
            return new.pop()
    pytest.fail("nobody listens")


def test_it_sees_what_another_process_changed_within_a_second(
    watcher: Watcher, shop: AShop
) -> None:
    assert all(sees_within_a_second(watcher, shop, limit) for limit in (300, 400, 500))
    assert VOUCHED_FOR_S == 1.0


def test_it_sees_changes_while_the_listener_is_cut_off_and_when_it_is_back(
    watcher: Watcher, shop: AShop, database: Database
) -> None:
    if database.is_sqlite:
        assert sees_within_a_second(watcher, shop, 301)  # nothing to cut: SQLite is polled
        return
    pid = wait_for_a_listener(set())
    with unit_of_work() as work:
        work.session.execute(text("SELECT pg_terminate_backend(:pid)"), {"pid": pid})
    assert sees_within_a_second(watcher, shop, 301)
    wait_for_a_listener({pid})
    assert sees_within_a_second(watcher, shop, 302)


class Ear:
    """Remembers what a poll told it to forget."""

    def __init__(self) -> None:
        self.heard: list[tuple[int, int]] = []
        self.lost = 0
        self.poll = EpochPoll(lambda *scope: self.heard.append(scope), self.lose)

    def lose(self) -> None:
        """Everything may have changed."""
        self.lost += 1

    def hears(self) -> list[tuple[int, int]]:
        """Poll once; returns what was new."""
        self.heard.clear()
        self.poll.poll()
        return sorted(self.heard)


def raise_epoch(
    platform_id: int, merchant_id: int, *, ago: timedelta = timedelta()
) -> epochs.Change:
    with unit_of_work() as work:
        owners = [Owner(merchant_id, platform_id)]
        (raised,) = epochs.raise_epochs(work.session, owners, at=system_now() - ago)
        return raised


def test_it_tells_of_each_change_once(database: Database) -> None:
    ear = Ear()
    raise_epoch(1, 7)
    assert ear.hears() == [(1, 7)]
    assert ear.hears() == []
    raise_epoch(1, 7)
    raise_epoch(2, 0)
    assert ear.hears() == [(1, 7), (2, 0)]


def test_it_does_not_tell_again_what_was_notified(database: Database) -> None:
    ear, change = Ear(), raise_epoch(1, 7)
    ear.poll.hear(change)
    ear.poll.hear(change)
    assert ear.heard == [(1, 7)]
    assert ear.hears() == []
    newer = raise_epoch(1, 7)
    assert ear.hears() == [(1, 7)]
    ear.poll.hear(newer)
    assert ear.heard == [(1, 7)]


def test_it_always_forgets_what_this_process_changed(database: Database) -> None:
    ear, change = Ear(), raise_epoch(1, 7)
    assert ear.hears() == [(1, 7)]
    ear.poll.note_own(change)
    assert ear.heard == [(1, 7), (1, 7)]
    ear.poll.hear(change)
    assert ear.hears() == []


def test_it_hears_of_a_version_though_another_database_told_of_one_with_its_number(
    database: Database,
) -> None:
    ear, change = Ear(), raise_epoch(1, 7)
    ear.poll.hear(change._replace(changed_at=change.changed_at - timedelta(days=1)))
    assert ear.hears() == [(1, 7)]


def test_it_tells_a_change_in_a_text_that_others_read(database: Database) -> None:
    change = raise_epoch(1, 7)
    assert epochs.Change.from_text(change.text) == change
    assert not change.text.count(" ")


def test_it_hears_of_a_transaction_that_began_long_before_it_committed(database: Database) -> None:
    ear = Ear()
    raise_epoch(1, 7)
    assert ear.hears() == [(1, 7)]
    raise_epoch(1, 8, ago=timedelta(seconds=100))
    assert ear.hears() == [(1, 8)]


def test_it_vouches_for_no_more_than_a_second_from_before_it_asked(database: Database) -> None:
    before = monotonic()
    until = Ear().poll.poll()
    assert before + 1.0 <= until <= monotonic() + 1.0


def test_it_drops_everything_once_when_business_time_was_moved(database: Database) -> None:
    before, offset = clocks(), timedelta()
    configure_clocks(Clocks(read_offset=lambda: offset))
    try:
        ear = Ear()
        ear.hears()
        assert ear.lost == 0
        offset = timedelta(days=30)
        ear.hears()
        ear.hears()
        assert ear.lost == 1
    finally:
        configure_clocks(before)


class FailsTwice(EpochPoll):
    """A poll whose database is away at first."""

    failures = 2

    def poll(self) -> float:
        """Fail, fail, answer."""
        if self.failures:
            self.failures -= 1
            raise psycopg.OperationalError("away")
        return super().poll()


def test_it_drops_everything_whenever_it_cannot_ask_and_vouches_again_afterwards(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = CapturingLogger()
    monkeypatch.setattr("app.modules.billing.services.freshness.POLL_S", 0.05)
    monkeypatch.setattr("app.modules.billing.services.freshness._log", log)
    ear, vouched = Ear(), Event()
    thread = FreshnessThreads(
        FailsTwice(lambda *_scope: None, ear.lose),
        forget_all=ear.lose,
        vouch=lambda _until: vouched.set(),
        refresh=lambda: None,
        ears=[],
    )
    thread.start()
    assert vouched.wait(timeout=30)
    thread.stop()
    assert ear.lost == 2
    lost = ("warning", ("freshness_lost",), {"error": "OperationalError: away", "exc_info": False})
    assert log.calls == [lost]  # once, however long it lasts, and without a trace


def test_it_notifies_other_processes_only_when_the_change_is_committed(database: Database) -> None:
    ear = Ear()

    def change_and_fail(work: UnitOfWork) -> None:
        epochs.raise_epochs(work.session, [Owner(7, 1)], at=system_now())
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError), unit_of_work() as work:
        change_and_fail(work)
    assert ear.hears() == []


@pytest.mark.redis
def test_it_hears_by_redis_what_is_committed_before_any_poll(
    shop: AShop, redis_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.modules.billing.services.freshness.POLL_S", 3600.0)
    heard, vouched, before = Queue[tuple[int, int]](), Event(), broadcast()
    link = RedisLink(redis_url)
    configure_broadcast(BroadcastInRedis(link))
    poll = EpochPoll(lambda *scope: heard.put(scope), lambda: None)
    threads = FreshnessThreads(
        poll,
        forget_all=lambda: None,
        vouch=lambda _until: vouched.set(),
        refresh=lambda: None,
        ears=[partial(BroadcastInRedis(link).listen, epochs.CHANNEL)],
    )
    try:
        threads.start()
        assert vouched.wait(timeout=30)  # from now on it polls once an hour
        while not heard.empty():
            heard.get()
        scope = (shop.platform_id, 0)
        for limit in range(300, 400):  # the first may be told before it listens
            a_tier_limit(shop.platform_id, "essential", PRODUCTS, limit)
            with suppress(Empty):
                assert heard.get(timeout=0.3) == scope
                break
        else:
            pytest.fail("nothing was heard")
    finally:
        threads.stop()
        configure_broadcast(before)
        link.close()
