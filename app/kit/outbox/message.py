"""What goes into the outbox and what a handler is given; mail, webhooks and jobs leave so."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from app.kit.clocks import system_now
from app.kit.db import UnitOfWork
from app.kit.outbox.models import OutboxRow
from app.kit.upsert import insert_or_ignore

Completion = Callable[[UnitOfWork], None]


@dataclass(frozen=True, slots=True)
class OutboxMessage:
    """A message to deliver; `attempt` is 1 at the first try.

    `id` stays the same over all tries, so that a receiver can recognise a repetition.
    """

    id: int
    kind: str
    payload: dict[str, Any]
    attempt: int


OutboxHandler = Callable[[OutboxMessage], Completion | None]
"""Delivers messages of one kind.

It is called with no unit of work open and may call the outside; a crash repeats it. What it
returns is run in the unit of work that marks the message as delivered, hence exactly once. It
raises Undeliverable where no further try can help, anything else to be tried again later.
"""


class Undeliverable(Exception):
    """No further try can help."""


def nobody() -> None:
    """Nothing delivers in this process; another one polls."""


_wake: Callable[[], None] = nobody


def configure_wake(wake: Callable[[], None]) -> None:
    """Install what is called after a commit that put a message."""
    global _wake
    _wake = wake


class Draft(NamedTuple):
    """A message before it is put; the payload is JSON."""

    payload: dict[str, Any]
    dedupe_key: str | None = None


def put(
    work: UnitOfWork,
    kind: str,
    payload: dict[str, Any],
    *,
    dedupe_key: str | None = None,
    available_at: datetime | None = None,
) -> bool:
    """Add a message to the caller's transaction; it leaves after the commit or not at all (S14).

    A second message of the same kind and `dedupe_key` (name the transition, not the event) is
    ignored, however long ago the first was delivered; the answer tells whether it is new.
    `available_at`, system time, is the earliest moment of delivery. The payload is JSON.
    """
    draft = Draft(payload, dedupe_key)
    return put_all(work, kind, [draft], available_at=available_at) == 1


def put_all(
    work: UnitOfWork,
    kind: str,
    drafts: Sequence[Draft],
    *,
    available_at: datetime | None = None,
) -> int:
    """Add messages of one kind as `put` does, by one statement; returns how many are new."""
    now = system_now()
    rows = [
        {
            "kind": kind,
            "payload": draft.payload,
            "dedupe_key": draft.dedupe_key,
            "status": "waiting",
            "available_at": available_at or now,
            "attempts": 0,
            "created_at": now,
        }
        for draft in drafts
    ]
    new = insert_or_ignore(work.session, OutboxRow, rows)
    if new:
        work.after_commit(_wake)
    return new
