"""Delivers what lies in the outbox: one message at a time, leased, tried again with back-off."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

import structlog
from sqlalchemy import ColumnElement, and_, or_, select, update

from app.kit.clocks import clocks, pin_business_time, system_now
from app.kit.db import UnitOfWork, rerun_on_conflict, unit_of_work
from app.kit.error_text import error_text
from app.kit.outbox.message import Completion, OutboxHandler, OutboxMessage, Undeliverable
from app.kit.outbox.models import OutboxRow

# Eight tries over three days.
RETRY_AFTER = (
    timedelta(seconds=30),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=8),
    timedelta(hours=24),
    timedelta(hours=37),
)
TRIES = len(RETRY_AFTER) + 1
LEASE = timedelta(minutes=2)  # longer than any handler may take

DeadHook = Callable[[UnitOfWork, OutboxMessage, str], None]

_log = structlog.get_logger(__name__)


class LeaseLost(Exception):
    """Another process has taken the message over; nothing may be written for it any more."""


def _ignore(_work: UnitOfWork, _message: OutboxMessage, _error: str) -> None:
    """Nobody is told of dead messages but the log."""


class OutboxDelivery:
    """Delivers messages by the handlers of their kinds; any number of processes may do so.

    Messages of a kind without a handler wait. `on_dead` is told in the same unit of work when a
    message is given up; it may put another message.
    """

    def __init__(
        self, handlers: Mapping[str, OutboxHandler], *, on_dead: DeadHook = _ignore
    ) -> None:
        self._handlers = handlers
        self._on_dead = on_dead

    def deliver_due(self) -> int:
        """Try everything that is due once; how many messages were tried."""
        tried = 0
        while self.deliver_next():
            tried += 1
        return tried

    def deliver_next(self) -> bool:
        """Try the message that has waited longest; False when none is due."""
        with unit_of_work(read_only=True) as work:
            if self._next_id(work) is None:
                return False
        message = rerun_on_conflict(self._claim)
        if message is None:
            return False
        pin_business_time(clocks().read_offset())
        try:
            if message.attempt > TRIES:  # no try came to an end, not even to an error
                self._keep_failure(message, Undeliverable("every try was cut off"))
            else:
                self._deliver(message)
        except LeaseLost:
            _log.warning("outbox_lease_lost", kind=message.kind, message=message.id)
        return True

    def _deliver(self, message: OutboxMessage) -> None:
        try:
            completion = self._handlers[message.kind](message)
            rerun_on_conflict(lambda: _complete(message, completion))
        except LeaseLost:
            raise
        except Exception as error:  # noqa: BLE001 - whatever a handler raises is kept and retried
            _log.exception("outbox_failed", kind=message.kind, message=message.id)
            self._keep_failure(message, error)

    def _claim(self) -> OutboxMessage | None:
        with unit_of_work() as work:
            found = self._next_id(work, lock=True)
            if found is None:
                return None
            row = work.session.get_one(OutboxRow, found)
            row.status, row.attempts = "sending", row.attempts + 1
            row.lease_until = system_now() + LEASE
            return OutboxMessage(row.id, row.kind, row.payload, row.attempts)

    def _next_id(self, work: UnitOfWork, *, lock: bool = False) -> int | None:
        due = (
            select(OutboxRow.id)
            .where(OutboxRow.kind.in_(self._handlers), _is_due(system_now()))
            .order_by(OutboxRow.available_at, OutboxRow.id)
            .limit(1)
        )
        return work.session.scalar(due.with_for_update(skip_locked=True) if lock else due)

    def _keep_failure(self, message: OutboxMessage, error: Exception) -> None:
        may_help = message.attempt < TRIES and not isinstance(error, Undeliverable)
        text = error_text(error)
        with unit_of_work() as work:
            if may_help:
                later = system_now() + RETRY_AFTER[message.attempt - 1]
                _write(work, message, status="waiting", available_at=later, error=text)
            else:
                _write(work, message, status="dead", error=text)
                self._on_dead(work, message, text)


def _complete(message: OutboxMessage, completion: Completion | None) -> None:
    with unit_of_work() as work:
        _write(work, message, status="delivered", delivered_at=system_now(), payload={}, error=None)
        if completion is not None:
            completion(work)


def _is_due(now: datetime) -> ColumnElement[bool]:
    """Waiting long enough, or left behind by a process that is gone."""
    return or_(
        and_(OutboxRow.status == "waiting", OutboxRow.available_at <= now),
        and_(OutboxRow.status == "sending", OutboxRow.lease_until <= now),
    )


def _write(work: UnitOfWork, message: OutboxMessage, **values: Any) -> None:
    ours = (
        update(OutboxRow)
        .where(OutboxRow.id == message.id, OutboxRow.attempts == message.attempt)
        .where(OutboxRow.status == "sending")
        .values(lease_until=None, **values)
        .returning(OutboxRow.id)
        .execution_options(synchronize_session=False)
    )
    if work.session.scalar(ours) is None:
        raise LeaseLost(f"{message.kind} {message.id}")
