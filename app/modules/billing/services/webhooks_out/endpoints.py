"""Endpoints in the hands of a store's owner."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from app.contracts.features import gate
from app.contracts.tenants import StoreRef
from app.kit.clocks import business_now
from app.kit.db import UnitOfWork
from app.kit.errors import InvalidInput
from app.kit.http.etags import check_version
from app.modules.billing.exceptions import TooManyWebhookEndpoints
from app.modules.billing.gateways.outbound_http import ForbiddenTarget, check_target
from app.modules.billing.models import WebhookEndpoint
from app.modules.billing.repositories import webhook_endpoints as rows
from app.modules.billing.services.actor import Actor
from app.modules.billing.services.webhooks_out.secrets import present_secret, rotate
from app.modules.billing.services.webhooks_out.signing import new_seed
from app.modules.core.public import AuditTarget, record_audit

FEATURE = "webhooks_out"
MOST = 10


@dataclass(frozen=True)
class EndpointOwner:
    """Somebody who may manage a store's endpoints."""

    store: StoreRef
    actor: Actor


def require_webhooks(store: StoreRef) -> None:
    """Refuse where the plan has no outbound webhooks; to be called outside a unit of work.

    Raises FeatureNotAvailable, SubscriptionInactive.
    """
    gate().require(store.owner, FEATURE)


def has_webhooks(store: StoreRef) -> bool:
    """Whether the plan has outbound webhooks; to be called outside a unit of work."""
    return gate().check(store.owner, FEATURE).allowed


def create_endpoint(
    work: UnitOfWork, owner: EndpointOwner, *, url: str, events: Collection[str]
) -> tuple[WebhookEndpoint, str]:
    """Add an endpoint; the secret is told here and at rotations alone.

    Raises InvalidInput, TooManyWebhookEndpoints.
    """
    _check(url)
    if rows.count_endpoints(work.session, owner.store) >= MOST:
        raise TooManyWebhookEndpoints(most=MOST)
    endpoint = WebhookEndpoint(
        merchant_id=owner.store.owner.merchant_id,
        platform_id=owner.store.owner.platform_id,
        store_id=owner.store.id,
        url=url,
        events=sorted(events),
        secret_seed=new_seed(),
        created_at=business_now(),
    )
    work.session.add(endpoint)
    work.session.flush()
    _audit(work, owner, endpoint, "webhook_endpoint.created", after=_seen(endpoint))
    return endpoint, present_secret(endpoint)


def update_endpoint(
    work: UnitOfWork,
    owner: EndpointOwner,
    endpoint_id: int,
    *,
    changes: Mapping[str, Any],
    expected: int | None,
) -> WebhookEndpoint:
    """Change address, events or whether it is told at all.

    Raises WebhookEndpointNotFound, PreconditionFailed, InvalidInput.
    """
    endpoint = rows.get_endpoint(work.session, owner.store, endpoint_id, lock=True)
    check_version(endpoint.version, expected)
    if "url" in changes:
        _check(changes["url"])
    before = _seen(endpoint)
    for name, value in changes.items():
        setattr(endpoint, name, sorted(value) if name == "events" else value)
    work.session.flush()
    _audit(work, owner, endpoint, "webhook_endpoint.updated", before=before, after=_seen(endpoint))
    return endpoint


def rotate_secret(work: UnitOfWork, owner: EndpointOwner, endpoint_id: int) -> str:
    """Return a new secret; the former one signs along for a day. Raises WebhookEndpointNotFound."""
    endpoint = rows.get_endpoint(work.session, owner.store, endpoint_id, lock=True)
    secret = rotate(endpoint)
    _audit(work, owner, endpoint, "webhook_endpoint.secret_rotated")
    return secret


def delete_endpoint(work: UnitOfWork, owner: EndpointOwner, endpoint_id: int) -> None:
    """Delete an endpoint with its log. Raises WebhookEndpointNotFound."""
    endpoint = rows.get_endpoint(work.session, owner.store, endpoint_id, lock=True)
    _audit(work, owner, endpoint, "webhook_endpoint.deleted", before=_seen(endpoint))
    rows.delete_endpoint(work.session, endpoint)


def _check(url: str) -> None:
    try:
        check_target(url)
    except ForbiddenTarget:
        raise InvalidInput.at("/url", "webhook_target") from None


def _seen(endpoint: WebhookEndpoint) -> dict[str, Any]:
    return {"url": endpoint.url, "events": endpoint.events, "is_active": endpoint.is_active}


def _audit(
    work: UnitOfWork,
    owner: EndpointOwner,
    endpoint: WebhookEndpoint,
    action: str,
    *,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
) -> None:
    record_audit(
        work,
        owner.actor.name,
        action=action,
        target=AuditTarget(
            "webhook_endpoint", endpoint.id, endpoint.platform_id, endpoint.merchant_id
        ),
        before=before,
        after=after,
        request_id=owner.actor.request_id,
    )
