"""A store's webhook endpoints and what was sent to them; the tenant first."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from app.contracts.tenants import StoreRef
from app.kit.among import among
from app.kit.delete_rows import delete_portion
from app.kit.pagination import Page, PageRequest, Sorting, paginate
from app.modules.billing.exceptions import WebhookDeliveryNotFound, WebhookEndpointNotFound
from app.modules.billing.models import WebhookDelivery, WebhookEndpoint

ENDPOINTS = Sorting(
    {"created_at": WebhookEndpoint.created_at}, tie=WebhookEndpoint.id, default="created_at"
)
DELIVERIES = Sorting(
    {"created_at": WebhookDelivery.created_at}, tie=WebhookDelivery.id, default="-created_at"
)


def list_endpoints(
    session: Session, store: StoreRef, request: PageRequest
) -> Page[WebhookEndpoint]:
    """Return a page of a store's endpoints, the oldest first."""
    rows = select(WebhookEndpoint).where(
        WebhookEndpoint.merchant_id == store.owner.merchant_id,
        WebhookEndpoint.store_id == store.id,
    )
    return paginate(session, rows, sorting=ENDPOINTS, request=request, filters={"store": store.id})


def get_endpoint(
    session: Session, store: StoreRef, endpoint_id: int, *, lock: bool = False
) -> WebhookEndpoint:
    """Return one of a store's endpoints. Raises WebhookEndpointNotFound."""
    rows = select(WebhookEndpoint).where(
        WebhookEndpoint.merchant_id == store.owner.merchant_id,
        WebhookEndpoint.store_id == store.id,
        WebhookEndpoint.id == endpoint_id,
    )
    found = session.scalars(rows.with_for_update() if lock else rows).first()
    if found is None:
        raise WebhookEndpointNotFound
    return found


def count_endpoints(session: Session, store: StoreRef) -> int:
    """Return how many endpoints a store has."""
    return session.scalars(
        select(func.count()).where(
            WebhookEndpoint.merchant_id == store.owner.merchant_id,
            WebhookEndpoint.store_id == store.id,
        )
    ).one()


def active_endpoints(session: Session, merchant_ids: Collection[int]) -> Sequence[WebhookEndpoint]:
    """Return where merchants' stores want to be told, on all platforms."""
    return session.scalars(
        select(WebhookEndpoint)
        .where(
            among(WebhookEndpoint.merchant_id, merchant_ids),
            WebhookEndpoint.is_active.is_(True),
        )
        .order_by(WebhookEndpoint.id)
    ).all()


def list_deliveries(
    session: Session, endpoint: WebhookEndpoint, request: PageRequest
) -> Page[WebhookDelivery]:
    """Return a page of what was sent to an endpoint, the newest first."""
    rows = select(WebhookDelivery).where(
        WebhookDelivery.merchant_id == endpoint.merchant_id,
        WebhookDelivery.endpoint_id == endpoint.id,
    )
    filters = {"endpoint": endpoint.id}
    return paginate(session, rows, sorting=DELIVERIES, request=request, filters=filters)


def lock_delivery(session: Session, endpoint: WebhookEndpoint, delivery_id: int) -> WebhookDelivery:
    """Return something that was sent to an endpoint; locked. Raises WebhookDeliveryNotFound."""
    found = session.scalars(
        select(WebhookDelivery)
        .where(
            WebhookDelivery.merchant_id == endpoint.merchant_id,
            WebhookDelivery.endpoint_id == endpoint.id,
            WebhookDelivery.id == delivery_id,
        )
        .with_for_update()
    ).first()
    if found is None:
        raise WebhookDeliveryNotFound
    return found


def delete_endpoint(session: Session, endpoint: WebhookEndpoint) -> None:
    """Delete an endpoint with everything that was sent to it."""
    session.execute(
        delete(WebhookDelivery).where(
            WebhookDelivery.merchant_id == endpoint.merchant_id,
            WebhookDelivery.endpoint_id == endpoint.id,
        )
    )
    session.delete(endpoint)


def drop_deliveries(session: Session, *, before: datetime, limit: int) -> int:
    """Delete what was sent before an instant; how many it were."""
    return delete_portion(
        session, WebhookDelivery, WebhookDelivery.created_at < before, limit=limit
    )
