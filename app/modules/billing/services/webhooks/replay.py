"""Looking at an event, and working on it once more by hand (S14)."""

from app.contracts.tenants import AdminScope
from app.kit import jobs
from app.kit.db import UnitOfWork, rerun_on_conflict, unit_of_work
from app.modules.billing.exceptions import WebhookBodyGone, WebhookEventNotFound
from app.modules.billing.models import EventStatus, StripeWebhookEvent
from app.modules.billing.repositories import webhook_events
from app.modules.billing.services.actor import Actor
from app.modules.billing.services.webhooks.handler import WebhookResult, work_on
from app.modules.billing.services.webhooks.inbox import WEBHOOK_TURN, ClaimedEvent, claim
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
    _open_again(work, actor, event)
    work.after_commit(lambda: jobs.wake(WEBHOOK_TURN))
    return event


def replay_now(actor: str, stripe_event_id: str) -> WebhookResult:
    """Work on an event once more in this process; `actor` is named in the audit log.

    Raises WebhookEventNotFound, WebhookBodyGone.
    """

    def open_again() -> ClaimedEvent:
        with unit_of_work() as work:
            event = webhook_events.find_by_stripe_id(work.session, stripe_event_id)
            if event is None:
                raise WebhookEventNotFound
            _open_again(work, Actor(actor), event)
            return claim(event)

    return work_on(rerun_on_conflict(open_again))


def _open_again(work: UnitOfWork, actor: Actor, event: StripeWebhookEvent) -> None:
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
