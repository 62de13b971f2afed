"""Whose the object of an event is."""

from collections.abc import Mapping
from typing import Any

from app.contracts.tenants import Owner
from app.kit.db import UnitOfWork
from app.modules.billing.services.sync.ownership import find_belonging


def owner_of_subscription(work: UnitOfWork, subscription: Mapping[str, Any]) -> Owner | None:
    """Return whose a subscription is; None for strangers."""
    found = find_belonging(
        work,
        subscription_id=subscription["id"],
        customer_id=id_of(subscription.get("customer")),
        metadata=subscription.get("metadata") or {},
    )
    return found.owner if found else None


def owner_of_customer(work: UnitOfWork, customer_id: str | None) -> Owner | None:
    """Return whose customer it is; None for strangers."""
    found = find_belonging(work, subscription_id=None, customer_id=customer_id, metadata={})
    return found.owner if found else None


def id_of(value: Any) -> str | None:
    """Return the id of what may be an id, an expanded object or nothing."""
    if isinstance(value, Mapping):
        return str(value["id"])
    return str(value) if value else None
