"""Looking at an event, and working on it once more by hand (S14)."""

from app.contracts.tenants import AdminScope
from app.kit import jobs
from app.kit.db import UnitOfWork
from app.modules.billing.exceptions import WebhookBodyGone, WebhookEventNotFound
from app.modules.billing.models import EventStatus, StripeWebhookEvent
from app.modules.billing.repositories import webhook_events
from app.modules.billing.services.actor import Actor
from app.modules.billing.services.webhooks.inbox import WEBHOOK_TURN
from app.modules.core.public import AuditTarget, record_audit


def get_event(work: UnitOfWork, scope: AdminScope, event_id: int) -> StripeWebhookEvent:
    """Return an event of a merchant in scope. Raises WebhookEventNotFound."""
    event = webhook_events.find(work.session, scope.platform_ids, event_id)
    if event is None:
        raise WebhookEventNotFound
    return event


def replay(
    work: UnitOfWork, actor: Actor, event_id: int, *, scope: AdminScope
) -> StripeWebhookEvent:
    """Let an event be worked on once more, after the commit, whatever became of it before.

    Effects are keyed by what happened, so what took effect already does not do so again (S14).
    Raises WebhookEventNotFound, WebhookBodyGone.
    """
    event = get_event(work, scope, event_id)
    if event.payload is None:
        raise WebhookBodyGone
    before = {"status": event.status, "attempts": event.attempts}
    event.status = EventStatus.RECEIVED
    event.attempts, event.claimed_until, event.next_attempt_at = 0, None, None
    record_audit(
        work,
        actor.name,
        action="webhook.replayed",
        target=AuditTarget("webhook_event", event.id, event.platform_id, event.merchant_id),
        before=before,
        after={"status": event.status},
        request_id=actor.request_id,
    )
    work.after_commit(lambda: jobs.wake(WEBHOOK_TURN))
    return event
