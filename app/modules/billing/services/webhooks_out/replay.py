"""Sending something once more because its receiver's owner wants it."""

from app.contracts.tenants import StoreRef
from app.kit.db import UnitOfWork
from app.modules.billing.models import DeliveryStatus, WebhookDelivery
from app.modules.billing.repositories import webhook_endpoints as rows
from app.modules.billing.services.webhooks_out.emit import send_again


def replay(
    work: UnitOfWork, store: StoreRef, endpoint_id: int, *, delivery_id: int
) -> WebhookDelivery:
    """Send an event again, with the same id, to the address that the endpoint has now.

    Raises WebhookEndpointNotFound, WebhookDeliveryNotFound.
    """
    endpoint = rows.get_endpoint(work.session, store, endpoint_id)
    delivery = rows.lock_delivery(work.session, endpoint, delivery_id)
    delivery.status, delivery.error = DeliveryStatus.WAITING, None
    send_again(work, [delivery.id])
    return delivery
