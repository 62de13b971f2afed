"""Delivers one event to one endpoint; the outbox tries again where it was not taken."""

from dataclasses import dataclass
from datetime import datetime

import httpx

from app.contracts.features import gate
from app.contracts.tenants import Owner
from app.kit.clocks import system_now
from app.kit.db import unit_of_work
from app.kit.error_text import error_text
from app.kit.outbox import TRIES, OutboxMessage, Undeliverable
from app.modules.billing.gateways.outbound_http import ForbiddenTarget, Reply, post
from app.modules.billing.models import (
    DeliveryStatus,
    OutboundEvent,
    WebhookDelivery,
    WebhookEndpoint,
)
from app.modules.billing.services.webhooks_out.endpoints import FEATURE
from app.modules.billing.services.webhooks_out.secrets import secrets_of
from app.modules.billing.services.webhooks_out.signing import signature_headers

GONE = 410
LONGEST_ERROR = 500


class NotTaken(Exception):
    """The receiver did not answer with success; a later try may."""


@dataclass(frozen=True)
class _Parcel:
    owner: Owner
    url: str
    event_id: str
    event_type: str
    body: str
    secrets: list[str]


def deliver(message: OutboxMessage) -> None:
    """Handle `billing.webhook_out`: send, note how it went, and raise unless it was taken."""
    delivery_id = message.payload["delivery_id"]
    parcel = _load(delivery_id)
    if parcel is None or not _may_be_told(parcel):
        _note(delivery_id, error="not sent", is_last=True)
        return
    sent_at = system_now()
    headers = signature_headers(
        parcel.secrets,
        event_id=parcel.event_id,
        timestamp=int(sent_at.timestamp()),
        body=parcel.body,
    )
    is_last = message.attempt >= TRIES
    try:
        reply = post(parcel.url, parcel.body, headers)
    except ForbiddenTarget as refused:
        _note(delivery_id, error=str(refused), is_last=True, sent_at=sent_at)
        raise Undeliverable(str(refused)) from refused
    except (httpx.HTTPError, OSError) as failed:
        _note(delivery_id, error=error_text(failed), is_last=is_last, sent_at=sent_at)
        raise NotTaken(type(failed).__name__) from failed
    _judge(delivery_id, reply, is_last=is_last, sent_at=sent_at)


def _load(delivery_id: int) -> _Parcel | None:
    """Read what to send; None where the endpoint is gone or wants nothing any more."""
    with unit_of_work(read_only=True) as work:
        delivery = work.session.get(WebhookDelivery, delivery_id)
        if delivery is None:
            return None
        endpoint = work.session.get_one(WebhookEndpoint, delivery.endpoint_id)
        if not endpoint.is_active:
            return None
        return _Parcel(
            owner=Owner(delivery.merchant_id, delivery.platform_id),
            url=endpoint.url,
            event_id=delivery.event_id,
            event_type=delivery.event_type,
            body=delivery.body,
            secrets=secrets_of(endpoint),
        )


def _may_be_told(parcel: _Parcel) -> bool:
    """The plan is asked once more; its very end is told although webhooks end with it."""
    is_the_end = parcel.event_type == OutboundEvent.SUBSCRIPTION_CANCELLED
    return is_the_end or gate().check(parcel.owner, FEATURE).allowed


def _judge(delivery_id: int, reply: Reply, *, is_last: bool, sent_at: datetime) -> None:
    if reply.is_success:
        _note(delivery_id, reply=reply, is_last=True, sent_at=sent_at)
        return
    is_gone = reply.status == GONE
    error = f"HTTP {reply.status}"
    _note(delivery_id, reply=reply, error=error, is_last=is_last or is_gone, sent_at=sent_at)
    if is_gone:
        _switch_off(delivery_id)
        raise Undeliverable(error)
    raise NotTaken(error)


def _note(
    delivery_id: int,
    *,
    is_last: bool,
    reply: Reply | None = None,
    error: str | None = None,
    sent_at: datetime | None = None,
) -> None:
    with unit_of_work() as work:
        delivery = work.session.get(WebhookDelivery, delivery_id, with_for_update=True)
        if delivery is None:
            return
        delivery.error = error and error[:LONGEST_ERROR]
        delivery.response_status = reply.status if reply else None
        delivery.duration_ms = reply.duration_ms if reply else None
        if sent_at is not None:
            delivery.attempts += 1
            delivery.attempted_at = sent_at
        if error is None:
            delivery.status, delivery.delivered_at = DeliveryStatus.DELIVERED, sent_at
        elif is_last:
            delivery.status = DeliveryStatus.FAILED


def _switch_off(delivery_id: int) -> None:
    """A receiver that says it is gone for good is told nothing more."""
    with unit_of_work() as work:
        delivery = work.session.get_one(WebhookDelivery, delivery_id)
        work.session.get_one(WebhookEndpoint, delivery.endpoint_id).is_active = False
