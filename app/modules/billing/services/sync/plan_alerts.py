"""What an operator has to know of a plan at Stripe that does not fit what we know."""

from typing import Any

from app.contracts.tenants import Owner
from app.kit.db import UnitOfWork
from app.modules.billing.gateways.snapshots import SubscriptionSnapshot
from app.modules.billing.services.alerts import alert
from app.modules.billing.services.sync.merge_plan import STATUSES, Prices


def alert_unknown(
    work: UnitOfWork, owner: Owner, snapshot: SubscriptionSnapshot, prices: Prices
) -> None:
    """Tell of a price that no tier has (D25) and of a status that we do not know (D20)."""
    if snapshot.price_id not in prices:
        _alert(work, owner, snapshot, "unknown_price", price=snapshot.price_id)
    if snapshot.status not in STATUSES:
        _alert(work, owner, snapshot, "unknown_status", status=snapshot.status)


def alert_without_tier(work: UnitOfWork, owner: Owner, snapshot: SubscriptionSnapshot) -> None:
    """Tell of somebody who pays for a plan that we cannot name."""
    _alert(work, owner, snapshot, "subscription_without_tier", price=snapshot.price_id)


def alert_duplicate(
    work: UnitOfWork, owner: Owner, snapshot: SubscriptionSnapshot, *, other: str
) -> None:
    """Tell of somebody who pays twice (S12)."""
    _alert(work, owner, snapshot, "duplicate_subscription", other=other)


def alert_other_customer(work: UnitOfWork, owner: Owner, snapshot: SubscriptionSnapshot) -> None:
    """Tell of a subscription that names one merchant and is paid by another's customer."""
    _alert(work, owner, snapshot, "customer_of_another_merchant", customer=snapshot.customer_id)


def _alert(
    work: UnitOfWork, owner: Owner, snapshot: SubscriptionSnapshot, kind: str, **details: Any
) -> None:
    alert(
        work,
        kind,
        key=":".join([snapshot.id, *map(str, details.values())]),
        platform_id=owner.platform_id,
        merchant_id=owner.merchant_id,
        stripe_subscription=snapshot.id,
        **details,
    )
