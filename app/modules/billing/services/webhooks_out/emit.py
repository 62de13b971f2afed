"""Telling merchants' systems, in the transaction of what happened (S14)."""

import json
from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from app.contracts.tenants import Owner
from app.kit import jobs, outbox
from app.kit.clocks import business_now
from app.kit.db import UnitOfWork
from app.kit.upsert import insert_new
from app.modules.billing.models import (
    DeliveryStatus,
    OutboundEvent,
    WebhookDelivery,
    WebhookEndpoint,
)
from app.modules.billing.repositories import webhook_endpoints

WEBHOOK_OUT = "billing.webhook_out"
WEBHOOKS_OUT_TURN = "webhooks-out"


def emit(
    work: UnitOfWork, owner: Owner, event: OutboundEvent, data: Mapping[str, Any], *, key: str
) -> None:
    """Put an event into the log of every endpoint that wants it; it leaves after the commit.

    `key` names what happened, so that nobody is told of it twice. `data` is JSON without secrets.
    """
    for endpoint in webhook_endpoints.active_endpoints(work.session, owner):
        if event in endpoint.events:
            _log(work, endpoint, event, data, key=key)


def send_again(work: UnitOfWork, delivery_id: int) -> None:
    """Let a delivery leave after the commit."""
    outbox.put(work, WEBHOOK_OUT, {"delivery_id": delivery_id})
    work.after_commit(lambda: jobs.wake(WEBHOOKS_OUT_TURN))


def _log(
    work: UnitOfWork,
    endpoint: WebhookEndpoint,
    event: OutboundEvent,
    data: Mapping[str, Any],
    *,
    key: str,
) -> None:
    now = business_now()
    event_id = f"msg_{uuid4().hex}"
    message = {"type": event, "timestamp": now.isoformat(), "data": data}
    row = {
        "merchant_id": endpoint.merchant_id,
        "platform_id": endpoint.platform_id,
        "endpoint_id": endpoint.id,
        "event_id": event_id,
        "event_key": f"{event}:{key}",
        "event_type": event,
        "body": json.dumps(message, separators=(",", ":")),
        "status": DeliveryStatus.WAITING,
        "attempts": 0,
        "created_at": now,
    }
    for delivery_id in insert_new(work.session, WebhookDelivery, [row], told="id"):
        send_again(work, delivery_id)
