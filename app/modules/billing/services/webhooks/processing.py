"""Working on leased events: effect and mark in one transaction, errors kept (S12, S14)."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import structlog

from app.kit.clocks import system_now
from app.kit.db import UnitOfWork, rerun_on_conflict, unit_of_work
from app.kit.error_text import error_text
from app.modules.billing.models import EventStatus, IgnoredBecause
from app.modules.billing.repositories import webhook_events
from app.modules.billing.repositories.webhook_events import Closing
from app.modules.billing.services.alerts import alert
from app.modules.billing.services.sync.requests import request_syncs
from app.modules.billing.services.webhooks.foresee import foresee
from app.modules.billing.services.webhooks.inbox import ClaimedEvent
from app.modules.billing.services.webhooks.outcome import Event, Handler, Outcome, ignored
from app.modules.billing.services.webhooks.registry import handler_of

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

_log = structlog.get_logger(__name__)


class LeaseLost(Exception):
    """Another process has taken the event over; nothing may be written for it."""


@dataclass(frozen=True, slots=True)
class Failure:
    """Why an event did not take effect; it is tried again, or dead."""

    message: str


def process_all(claims: Sequence[ClaimedEvent]) -> None:
    """Work on several events in one transaction; where that fails, on each by itself."""
    together = [one for one in claims if _may_share(one)]
    try:
        rerun_on_conflict(partial(_apply_together, together))
        left = [one for one in claims if not _may_share(one)]
    except Exception:  # noqa: BLE001 - told for the event whose fault it is, just below
        _log.info("webhooks_worked_on_apart", events=len(together), exc_info=True)
        left = list(claims)
    for one in left:
        process(one)


def process(claim: ClaimedEvent) -> Outcome | Failure:
    """Work on one event; what its handler raises is kept with it and tried again."""
    try:
        if claim.attempt > TRIES:
            return _keep(claim, "every try was cut off")
        event = _asked(claim)
        outcome: Outcome = rerun_on_conflict(partial(_apply_alone, claim, event))
    except LeaseLost:
        _log.warning("webhook_lease_lost", stripe_event=claim.event_id)
        return Failure("taken over by another process")
    except Exception as error:  # noqa: BLE001 - whatever a handler raises is kept and retried
        _log.exception("webhook_failed", stripe_event=claim.event_id, type=claim.type)
        return _keep(claim, error_text(error))
    return outcome


def _may_share(claim: ClaimedEvent) -> bool:
    handler = handler_of(claim.type)
    return claim.attempt == 1 and (handler is None or handler.ask is None)


def _asked(claim: ClaimedEvent) -> Event:
    handler = handler_of(claim.type)
    event = _event(claim)
    if handler is None or handler.ask is None:
        return event
    return _event(claim, fetched=handler.ask(event))


def _event(claim: ClaimedEvent, fetched: Any = None) -> Event:
    return Event(claim.event_id, claim.type, claim.created_at, claim.object, fetched)


def _apply_together(claims: Sequence[ClaimedEvent]) -> None:
    if claims:
        with unit_of_work() as work:
            foresee(work, claims)
            _apply(work, [(claim, _event(claim)) for claim in claims])


def _apply_alone(claim: ClaimedEvent, event: Event) -> Outcome:
    with unit_of_work() as work:
        [outcome] = _apply(work, [(claim, event)])
        return outcome


def _apply(work: UnitOfWork, events: Sequence[tuple[ClaimedEvent, Event]]) -> list[Outcome]:
    outcomes = _effects(work, [event for _, event in events])
    work.session.flush()
    now = system_now()
    closings = [
        Closing(claim.id, claim.attempt, _told(outcome, now))
        for (claim, _), outcome in zip(events, outcomes, strict=True)
    ]
    _close(work, closings)
    request_syncs(work, [one for outcome in outcomes for one in outcome.sync])
    return outcomes


def _effects(work: UnitOfWork, events: Sequence[Event]) -> list[Outcome]:
    """Let each handler work on all of its events at once; their order is no matter (S15)."""
    of_handler = defaultdict[Handler | None, list[Event]](list)
    for event in events:
        of_handler[handler_of(event.type)].append(event)
    outcomes = dict[str, Outcome]()
    for handler, same in of_handler.items():
        told = (
            [ignored(IgnoredBecause.NO_HANDLER)] * len(same)
            if handler is None
            else handler.apply(work, same)
        )
        outcomes |= zip((event.event_id for event in same), told, strict=True)
    return [outcomes[event.event_id] for event in events]


def _told(outcome: Outcome, now: datetime) -> dict[str, Any]:
    owner = outcome.owner
    return {
        "status": outcome.status,
        "processed_at": now,
        "error_message": outcome.message,
        "merchant_id": owner.merchant_id if owner else None,
        "platform_id": owner.platform_id if owner else None,
    }


def _keep(claim: ClaimedEvent, error: str) -> Failure:
    try:
        rerun_on_conflict(partial(_keep_failure, claim, error))
    except LeaseLost:
        _log.warning("webhook_lease_lost", stripe_event=claim.event_id)
    return Failure(error)


def _keep_failure(claim: ClaimedEvent, error: str) -> None:
    with unit_of_work() as work:
        if claim.attempt < TRIES:
            later = system_now() + RETRY_AFTER[claim.attempt - 1]
            failed = {"status": EventStatus.FAILED, "next_attempt_at": later}
            _close(work, [Closing(claim.id, claim.attempt, {"error_message": error, **failed})])
            return
        dead = {"status": EventStatus.DEAD, "next_attempt_at": None}
        _close(work, [Closing(claim.id, claim.attempt, {"error_message": error, **dead})])
        alert(
            work,
            "webhook_dead",
            key=claim.event_id,
            stripe_event=claim.event_id,
            type=claim.type,
            error=error,
        )


def _close(work: UnitOfWork, closings: Sequence[Closing]) -> None:
    if not webhook_events.close(work.session, closings):
        raise LeaseLost
