"""Stripe's webhooks in the hands of operators (S12, S14)."""

from typing import Annotated

from fastapi import Depends, Query

from app.kit.db import unit_of_work
from app.kit.http.fields import Id
from app.kit.http.paging import PageOut, Paging
from app.kit.http.router import api_router
from app.modules.billing.models import EventStatus
from app.modules.billing.permissions import MANAGE_SUBSCRIPTIONS
from app.modules.billing.repositories import webhook_events
from app.modules.billing.repositories.webhook_events import EventFilter
from app.modules.billing.routes.operating import Reader, operating
from app.modules.billing.schemas.webhooks import WebhookEventDetailOut, WebhookEventOut
from app.modules.billing.services.actor import Operator
from app.modules.billing.services.webhooks.replay import get_event, replay

router = api_router("/admin/subscriptions/webhook-events", "Admin: subscriptions")
Writer = Annotated[Operator, Depends(operating(MANAGE_SUBSCRIPTIONS))]
EventType = Annotated[str | None, Query(max_length=100)]


@router.get("")
def get_webhook_events(
    reader: Reader,
    paging: Paging,
    status: EventStatus | None = None,
    event_type: EventType = None,
) -> PageOut[WebhookEventOut]:
    """Events of the merchants in scope, the newest first; a super admin sees strangers' too."""
    wanted = EventFilter(reader.scope.platform_ids, status, event_type)
    with unit_of_work(read_only=True) as work:
        page = webhook_events.list_events(work.session, wanted, paging)
        return PageOut[WebhookEventOut].of(page.map(WebhookEventOut.of))


@router.get("/{event_id}")
def get_webhook_event(event_id: Id, reader: Reader) -> WebhookEventDetailOut:
    """One event with its body."""
    with unit_of_work(read_only=True) as work:
        return WebhookEventDetailOut.of(get_event(work, reader.scope, event_id))


@router.post("/{event_id}/replay", status_code=202)
def post_replay(event_id: Id, writer: Writer) -> WebhookEventOut:
    """Work on an event once more; what took effect already does not do so again."""
    with unit_of_work() as work:
        return WebhookEventOut.of(replay(work, writer.actor, event_id, scope=writer.scope))
