"""The inbox: an event is stored once and leased to whoever works on it (S11, S12, S14)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import Row

from app.kit import jobs
from app.kit.clocks import system_now
from app.kit.db import UnitOfWork
from app.modules.billing.models import (
    EventStatus,
    IgnoredBecause,
    StripeAccount,
    StripeWebhookEvent,
)
from app.modules.billing.repositories import webhook_events
from app.modules.billing.services.sync.requests import syncs_wait
from app.modules.billing.settings import billing_settings

WEBHOOK_TURN = "stripe-webhooks"
LEASE = timedelta(minutes=2)


class Receipt(StrEnum):
    """What is answered to Stripe; each of them is a 200."""

    RECEIVED = "received"
    DUPLICATE = "duplicate"
    IGNORED = "ignored"


_RECEIPTS = {EventStatus.RECEIVED: Receipt.RECEIVED, EventStatus.IGNORED: Receipt.IGNORED}


@dataclass(frozen=True, slots=True)
class ClaimedEvent:
    """An event in the hands of this process; `attempt` fences what it writes."""

    id: int
    event_id: str
    type: str
    created_at: datetime
    object: Mapping[str, Any]
    attempt: int


def receive(work: UnitOfWork, event: Mapping[str, Any]) -> Receipt:
    """Store a verified event in the caller's transaction; it is worked on after the commit.

    What another account or the other mode sent is kept and never worked on (S11).
    """
    [receipt] = receive_all(work, [event])
    return receipt


def receive_all(work: UnitOfWork, events: Sequence[Mapping[str, Any]]) -> list[Receipt]:
    """Store several events as `receive` does."""
    receipts = _store(work, events)
    if Receipt.RECEIVED in receipts:
        work.after_commit(lambda: jobs.wake(WEBHOOK_TURN))
    return receipts


def receive_and_claim(work: UnitOfWork, event: Mapping[str, Any]) -> ClaimedEvent | Receipt:
    """Store an event for this process to work on at once; else say why there is nothing to do."""
    [receipt] = _store(work, [event])
    if receipt is not Receipt.RECEIVED:
        return receipt
    row = webhook_events.find_by_stripe_id(work.session, event["id"])
    assert row is not None
    return claim(row)


def claim_due(work: UnitOfWork, *, limit: int) -> list[ClaimedEvent]:
    """Lease the events that have waited longest; a killed process's are taken over later."""
    now = system_now()
    rows = webhook_events.lease_due(work.session, now, limit=limit, until=now + LEASE)
    return [_claimed(row, attempt=row.attempts + 1) for row in rows]


def claim(row: StripeWebhookEvent) -> ClaimedEvent:
    """Lease a locked event to this process."""
    row.attempts += 1
    row.claimed_until = system_now() + LEASE
    return _claimed(row, attempt=row.attempts)


def _claimed(row: StripeWebhookEvent | Row[Any], *, attempt: int) -> ClaimedEvent:
    payload = row.payload or {}
    return ClaimedEvent(
        row.id,
        row.event_id,
        row.event_type,
        row.stripe_created_at,
        payload.get("data", {}).get("object", {}),
        attempt,
    )


def inbox_is_empty(work: UnitOfWork) -> bool:
    """Whether nothing is left to do now: no event to work on, no subscription to fetch.

    What is dead, or waits for its next try, does not count (S21).
    """
    return not webhook_events.any_open(work.session, system_now()) and not syncs_wait(work)


def _store(work: UnitOfWork, events: Sequence[Mapping[str, Any]]) -> list[Receipt]:
    now = system_now()
    rows = [_row(event, now, ignored=_why_ignored(work, event)) for event in events]
    new = webhook_events.add(work.session, rows)
    receipts = []
    for row in rows:
        is_new = row["event_id"] in new
        new.discard(row["event_id"])  # it may have come twice at once
        receipts.append(_RECEIPTS[row["status"]] if is_new else Receipt.DUPLICATE)
    return receipts


def _row(
    event: Mapping[str, Any], now: datetime, *, ignored: IgnoredBecause | None
) -> dict[str, Any]:
    return {
        "event_id": event["id"],
        "event_type": event["type"],
        "api_version": event.get("api_version"),
        "stripe_created_at": datetime.fromtimestamp(event["created"], UTC),
        "status": EventStatus.RECEIVED if ignored is None else EventStatus.IGNORED,
        "error_message": ignored,
        "attempts": 0,
        "received_at": now,
        "processed_at": None if ignored is None else now,
        "payload": dict(event),
    }


def _why_ignored(work: UnitOfWork, event: Mapping[str, Any]) -> IgnoredBecause | None:
    if bool(event.get("livemode")) != billing_settings().livemode:
        return IgnoredBecause.OTHER_MODE
    account = event.get("account")
    if account is not None:
        pinned = work.session.get(StripeAccount, 1)
        if pinned is None or pinned.account_id != account:
            return IgnoredBecause.OTHER_ACCOUNT
    return None
