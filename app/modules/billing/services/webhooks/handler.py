"""The handler of Stripe's webhooks as programs call it: one event, stored and worked on once."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from typing import Any

from sqlalchemy.orm import Session

from app.kit.db import require_idle, rerun_on_conflict, unit_of_work
from app.modules.billing.models import EventStatus
from app.modules.billing.services.sync.flight import sync_now
from app.modules.billing.services.webhooks.inbox import ClaimedEvent, Receipt, receive_and_claim
from app.modules.billing.services.webhooks.processing import Failure, process

WAITS = "stored; the subscription is fetched as soon as Stripe answers"


class ResultStatus(StrEnum):
    """How handling ended."""

    PROCESSED = "processed"
    DUPLICATE = "duplicate"
    IGNORED = "ignored"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class WebhookResult:
    """What became of an event; a failed one is tried again in the background."""

    status: ResultStatus
    event_id: str
    message: str | None = None


class StripeWebhookHandler:
    """Works on verified events; the background work uses the same steps (S12)."""

    def handle_event(self, db: Session, event: Mapping[str, Any]) -> WebhookResult:
        """Store an event and work on it now; one that was stored before is a duplicate.

        The steps are units of work on the session's bind, as Stripe is asked between them: `db`
        must have no transaction open. Raises RuntimeError where it has.
        """
        require_idle(db)
        event_id = str(event["id"])
        received = rerun_on_conflict(partial(_receive, event))
        if received is Receipt.DUPLICATE:
            return WebhookResult(ResultStatus.DUPLICATE, event_id, "received before")
        if received is Receipt.IGNORED:
            return WebhookResult(ResultStatus.IGNORED, event_id, "meant for another account")
        return work_on(received)


def work_on(claim: ClaimedEvent) -> WebhookResult:
    """Work on a leased event and fetch what it asks for; no unit of work may be open."""
    outcome = process(claim)
    if isinstance(outcome, Failure):
        return WebhookResult(ResultStatus.FAILED, claim.event_id, outcome.message)
    if outcome.status is EventStatus.IGNORED:
        return WebhookResult(ResultStatus.IGNORED, claim.event_id, outcome.message)
    are_fetched = all(sync_now(one) for one in outcome.sync)
    message = outcome.message if are_fetched else WAITS
    return WebhookResult(ResultStatus.PROCESSED, claim.event_id, message)


def _receive(event: Mapping[str, Any]) -> ClaimedEvent | Receipt:
    with unit_of_work() as work:
        return receive_and_claim(work, event)
