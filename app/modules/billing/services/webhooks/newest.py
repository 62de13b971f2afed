"""The newest webhooks at a glance."""

from dataclasses import dataclass
from datetime import datetime

from app.kit.db import UnitOfWork
from app.kit.pagination import PageRequest
from app.modules.billing.models import EventStatus
from app.modules.billing.repositories import webhook_events
from app.modules.billing.repositories.webhook_events import EventFilter


@dataclass(frozen=True, slots=True)
class WebhookLine:
    """What is told of one event."""

    event_id: str
    type: str
    status: str
    attempts: int
    received_at: datetime
    message: str | None


def newest_webhooks(
    work: UnitOfWork, *, status: EventStatus | None, limit: int
) -> list[WebhookLine]:
    """Return the newest events of all platforms, of one status or of any."""
    wanted = EventFilter(platform_ids=None, status=status)
    page = webhook_events.list_events(work.session, wanted, PageRequest(limit=limit))
    return [
        WebhookLine(
            one.event_id,
            one.event_type,
            one.status,
            one.attempts,
            one.received_at,
            one.error_message,
        )
        for one in page.items
    ]
