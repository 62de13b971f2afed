"""Test clocks and the clock of the account: business time moves, and what is due happens."""

import threading
from collections.abc import Callable
from typing import Any

from sandbox.contract.skeleton import blank
from sandbox.engine.due import run_due
from sandbox.store.database import Database
from sandbox.store.json_values import Json, hidden
from sandbox.store.transaction import Transaction
from sandbox.wire.errors import StripeError, invalid

BATCH = 25
"""Due things done in one transaction: a request waits for no more than these."""

KEPT_DAYS = 30


def make_clock(work: Transaction, *, frozen_time: int, name: str | None) -> Json:
    """Keep a new test clock that stands at `frozen_time`."""
    clock = blank(
        "test_helpers.test_clock",
        work.new_id("test_helpers.test_clock"),
        created=work.now,
        deletes_after=work.now + KEPT_DAYS * 86_400,
        frozen_time=frozen_time,
        name=name,
        status="ready",
        status_details={},
    )
    work.add(clock)
    work.emit("test_helpers.test_clock.created", clock)
    return clock


def start_advance(work: Transaction, clock: Json, target: int) -> Json:
    """Note where a clock has to go; Stripe's 400 when that lies behind, or while it moves."""
    if clock["status"] != "ready":
        raise still_moving()
    if target <= clock["frozen_time"]:
        raise invalid(
            "The frozen_time must be in the future of the test clock.", param="frozen_time"
        )
    clock["status"] = "advancing"
    clock["status_details"] = {"advancing": {"target_frozen_time": target}}
    hidden(clock)["at"] = clock["frozen_time"]
    work.save(clock)
    work.emit("test_helpers.test_clock.advancing", clock)
    return clock


def still_moving() -> StripeError:
    """400: one move at a time."""
    return invalid(
        "Test clock advancement underway - cannot perform modifications.",
        code="test_clock_advancing",
    )


def delete_clock(work: Transaction, clock: Json) -> Json:
    """Forget a clock, its customers and everything of theirs."""
    work.flush()
    work.connection.execute("DELETE FROM object WHERE clock = ?", (clock["id"],))
    work.delete(clock)
    return {"id": clock["id"], "object": clock["object"], "deleted": True}


class Clocks:
    """Moves clocks in the background; also holds the account's own clock.

    Account time is system time plus an offset that only grows. `system` gives real seconds,
    `days_behind` says how far in the past a new account begins.
    """

    def __init__(
        self,
        database: Database,
        *,
        system: Callable[[], float],
        page_url: str,
        days_behind: int = 0,
    ) -> None:
        self._database = database
        self._system = system
        self.page_url = page_url
        self._idle = threading.Condition()
        self._moving: list[threading.Thread] = []
        self._offset = float(database.remembered("offset", -86_400.0 * days_behind))
        self._at: int | None = None
        self._target: int | None = None

    def now(self) -> int:
        """Account time, in whole seconds."""
        return self._at if self._at is not None else int(self._system() + self._offset)

    def state(self) -> Json:
        """The account's clock as an object."""
        return {
            "object": "sandbox.clock",
            "now": self.now(),
            "offset": self.now() - int(self._system()),
            "status": "ready" if self._target is None else "advancing",
            "target": self._target,
        }

    def advance_account(self, target: int) -> None:
        """Move the account's clock forward in the background.

        Raises Stripe's 400 when `target` is not ahead, or while the clock moves.
        """
        with self._idle:
            if self._target is not None:
                raise still_moving()
            if target <= self.now():
                raise invalid("The clock only goes forward.", param="frozen_time")
            self._at = self.now()
            self._target = target
        self._database.remember("target", target)
        self._spawn(self._move_account, target)

    def advance_test_clock(self, clock_id: str) -> None:
        """Move a test clock, whose target is noted, in the background."""
        self._spawn(self._move_test_clock, clock_id)

    def resume(self) -> None:
        """Go on with the moves that a process before this one could not finish."""
        with self._transaction() as work:
            moving = work.select(
                "test_helpers.test_clock", "json_extract(body, '$.status') = 'advancing'"
            )
        for clock in moving:
            self.advance_test_clock(clock["id"])
        target = self._database.remembered("target", None)
        if target is not None and target > self.now():
            self.advance_account(target)

    def tick(self) -> None:
        """Do what has become due on the account's clock by the passing of real time."""
        if self._target is None:
            self._run("", self.now(), _leave_alone)

    def wait(self, timeout: float = 60.0) -> None:
        """Until no clock moves; TimeoutError after `timeout` seconds."""
        with self._idle:
            if not self._idle.wait_for(lambda: not self._moving, timeout):
                raise TimeoutError("A clock is still moving.")

    def _spawn(self, move: Callable[[Any], None], argument: Any) -> None:
        thread = threading.Thread(target=self._guarded, args=(move, argument), daemon=True)
        with self._idle:
            self._moving.append(thread)
        thread.start()

    def _guarded(self, move: Callable[[Any], None], argument: Any) -> None:
        try:
            move(argument)
        finally:
            with self._idle:
                self._moving.remove(threading.current_thread())
                self._idle.notify_all()

    def _move_account(self, target: int) -> None:
        try:
            self._run("", target, self._note_account_time)
            self._offset = target - self._system()
            self._database.remember("offset", self._offset)
            self._database.remember("target", None)
        finally:
            self._at = self._target = None

    def _note_account_time(self, at: int) -> None:
        self._at = at

    def _move_test_clock(self, clock_id: str) -> None:
        with self._transaction() as work:
            clock = work.get("test_helpers.test_clock", clock_id)
            target = clock["status_details"]["advancing"]["target_frozen_time"]
        try:
            self._run(clock_id, target, lambda at: self._note_time(clock_id, at))
        except Exception:
            with self._transaction() as work:
                clock = work.get("test_helpers.test_clock", clock_id)
                clock |= {"status": "internal_failure", "status_details": {}}
                work.save(clock)
                work.emit("test_helpers.test_clock.internal_failure", clock)
            raise
        with self._transaction() as work:
            clock = work.get("test_helpers.test_clock", clock_id)
            clock |= {"frozen_time": target, "status": "ready", "status_details": {}}
            hidden(clock)["at"] = target
            work.save(clock)
            work.now = target
            work.emit("test_helpers.test_clock.ready", clock)

    def _note_time(self, clock_id: str, at: int) -> None:
        with self._transaction() as work:
            clock = work.get("test_helpers.test_clock", clock_id)
            hidden(clock)["at"] = at
            work.save(clock)

    def _run(self, clock: str, until: int, note: Callable[[int], None]) -> None:
        more = True
        while more:
            with self._transaction() as work:
                more = run_due(work, clock, until=until, most=BATCH)
                at = work.now
            if more:
                note(at)

    def _transaction(self) -> Any:
        return self._database.transaction(now=self.now(), page_url=self.page_url)


def _leave_alone(_at: int) -> None:
    """Real time needs no note of how far it got."""
