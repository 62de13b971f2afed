"""Telling merchants' systems, in the transaction of what happened (S14)."""

import json
from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that merchants' systems may want to know.

    `key` names what happened, so that nobody is told of it twice. `data` gives JSON without
    secrets; it is called where somebody listens, which most do not.
    """

    owner: Owner
    event: OutboundEvent
    data: Callable[[], Mapping[str, Any]]
    key: str


def emit(work: UnitOfWork, happenings: Collection[Happening]) -> None:
    """Put what happened into the log of every endpoint that wants it; it leaves after the commit.

    The number of statements does not depend on how much happened.
    """
    merchants = {one.owner.merchant_id for one in happenings}
    listening = defaultdict[Owner, list[WebhookEndpoint]](list)
    for endpoint in webhook_endpoints.active_endpoints(work.session, merchants):
        listening[Owner(endpoint.merchant_id, endpoint.platform_id)].append(endpoint)
    log = [
        _entry(endpoint, one)
        for one in happenings
        for endpoint in listening[one.owner]
        if one.event in endpoint.events
    ]
    send_again(work, insert_new(work.session, WebhookDelivery, log, told="id"))


def send_again(work: UnitOfWork, delivery_ids: Collection[int]) -> None:
    """Let deliveries leave after the commit."""
    messages = [outbox.Draft({"delivery_id": one}) for one in delivery_ids]
    if outbox.put_all(work, WEBHOOK_OUT, messages):
        work.after_commit(lambda: jobs.wake(WEBHOOKS_OUT_TURN))


def _entry(endpoint: WebhookEndpoint, one: Happening) -> dict[str, Any]:
    now = business_now()
    message = {"type": one.event, "timestamp": now.isoformat(), "data": one.data()}
    return {
        "merchant_id": endpoint.merchant_id,
        "platform_id": endpoint.platform_id,
        "endpoint_id": endpoint.id,
        "event_id": f"msg_{uuid4().hex}",
        "event_key": f"{one.event}:{one.key}",
        "event_type": one.event,
        "body": json.dumps(message, separators=(",", ":")),
        "status": DeliveryStatus.WAITING,
        "attempts": 0,
        "created_at": now,
    }
