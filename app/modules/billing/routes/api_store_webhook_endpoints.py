"""Outbound webhooks of a store: endpoints, what was sent to them, and sending it again."""

from typing import Annotated

from fastapi import Depends, Response

from app.kit.db import unit_of_work
from app.kit.http.context import request_context
from app.kit.http.etags import ExpectedVersion, set_etag
from app.kit.http.fields import Id
from app.kit.http.paging import PageOut, Paging
from app.kit.http.router import api_router
from app.modules.billing.permissions import MANAGE_WEBHOOKS
from app.modules.billing.repositories import webhook_endpoints as rows
from app.modules.billing.schemas.webhook_endpoints import (
    NewWebhookEndpointOut,
    WebhookDeliveryOut,
    WebhookEndpointIn,
    WebhookEndpointOut,
    WebhookEndpointPatch,
    WebhookSecretOut,
)
from app.modules.billing.services.actor import Actor
from app.modules.billing.services.webhooks_out import endpoints
from app.modules.billing.services.webhooks_out.endpoints import EndpointOwner, require_webhooks
from app.modules.billing.services.webhooks_out.replay import replay
from app.modules.tenancy.public import StoreVisit, in_store

router = api_router("/store/webhook-endpoints", "Store: webhooks")
Visit = Annotated[StoreVisit, Depends(in_store(MANAGE_WEBHOOKS))]


@router.get("")
def get_webhook_endpoints(visit: Visit, paging: Paging) -> PageOut[WebhookEndpointOut]:
    """The store's endpoints, the oldest first."""
    with unit_of_work(read_only=True) as work:
        page = rows.list_endpoints(work.session, visit.store, paging)
        return PageOut[WebhookEndpointOut].of(page.map(WebhookEndpointOut.of))


@router.post("", status_code=201)
def post_webhook_endpoint(
    body: WebhookEndpointIn, visit: Visit, response: Response
) -> NewWebhookEndpointOut:
    """Add an endpoint; its secret is in this answer alone. Needs `webhooks_out` in the plan."""
    require_webhooks(visit.store)
    with unit_of_work() as work:
        endpoint, secret = endpoints.create_endpoint(
            work, _owner(visit), url=body.url, events=body.events
        )
        set_etag(response, endpoint.version)
        shown = WebhookEndpointOut.of(endpoint)
    return NewWebhookEndpointOut(**shown.model_dump(), secret=secret)


@router.get("/{endpoint_id}")
def get_webhook_endpoint(endpoint_id: Id, visit: Visit, response: Response) -> WebhookEndpointOut:
    """One endpoint."""
    with unit_of_work(read_only=True) as work:
        endpoint = rows.get_endpoint(work.session, visit.store, endpoint_id)
        set_etag(response, endpoint.version)
        return WebhookEndpointOut.of(endpoint)


@router.patch("/{endpoint_id}")
def patch_webhook_endpoint(
    endpoint_id: Id,
    body: WebhookEndpointPatch,
    visit: Visit,
    expected: ExpectedVersion,
    response: Response,
) -> WebhookEndpointOut:
    """Change an endpoint; what is left out stays."""
    changes = body.model_dump(exclude_unset=True)
    with unit_of_work() as work:
        endpoint = endpoints.update_endpoint(
            work, _owner(visit), endpoint_id, changes=changes, expected=expected
        )
        set_etag(response, endpoint.version)
        return WebhookEndpointOut.of(endpoint)


@router.delete("/{endpoint_id}", status_code=204)
def delete_webhook_endpoint(endpoint_id: Id, visit: Visit) -> None:
    """Delete an endpoint with its log."""
    with unit_of_work() as work:
        endpoints.delete_endpoint(work, _owner(visit), endpoint_id)


@router.post("/{endpoint_id}/secret")
def post_webhook_secret(endpoint_id: Id, visit: Visit) -> WebhookSecretOut:
    """Make a new secret; for a day messages are signed with the former one too."""
    with unit_of_work() as work:
        secret = endpoints.rotate_secret(work, _owner(visit), endpoint_id)
    return WebhookSecretOut(secret=secret)


@router.get("/{endpoint_id}/deliveries")
def get_webhook_deliveries(
    endpoint_id: Id, visit: Visit, paging: Paging
) -> PageOut[WebhookDeliveryOut]:
    """What was sent to an endpoint within thirty days, the newest first."""
    with unit_of_work(read_only=True) as work:
        endpoint = rows.get_endpoint(work.session, visit.store, endpoint_id)
        page = rows.list_deliveries(work.session, endpoint, paging)
        return PageOut[WebhookDeliveryOut].of(page.map(WebhookDeliveryOut.of))


@router.post("/{endpoint_id}/deliveries/{delivery_id}/replay", status_code=202)
def post_webhook_replay(endpoint_id: Id, delivery_id: Id, visit: Visit) -> WebhookDeliveryOut:
    """Send an event again, with the same id, to the address that the endpoint has now."""
    with unit_of_work() as work:
        delivery = replay(work, visit.store, endpoint_id, delivery_id=delivery_id)
        return WebhookDeliveryOut.of(delivery)


def _owner(visit: StoreVisit) -> EndpointOwner:
    return EndpointOwner(visit.store, Actor(visit.identity.actor, request_context().request_id))
