"""Which events a change of a subscription, a notice or an invoice is to merchants' systems."""

from datetime import datetime
from typing import Any

from app.contracts.tenants import Owner
from app.kit.db import UnitOfWork
from app.modules.billing.models import (
    BillingHistory,
    MerchantSubscription,
    OutboundEvent,
    SubscriptionStatus,
    SubscriptionTier,
)
from app.modules.billing.services.webhooks_out.emit import emit

ENDED = (SubscriptionStatus.CANCELLED, SubscriptionStatus.EXPIRED)


def tell_of_subscription(
    work: UnitOfWork, subscription: MerchantSubscription, *, is_new: bool
) -> None:
    """Emit the event of a change that was just flushed."""
    if is_new:
        event = OutboundEvent.SUBSCRIPTION_CREATED
    elif subscription.status in ENDED:
        event = OutboundEvent.SUBSCRIPTION_CANCELLED
    else:
        event = OutboundEvent.SUBSCRIPTION_UPDATED
    key = f"{subscription.id}:{subscription.version}"
    emit(work, _owner(subscription), event, subscription_data(work, subscription), key=key)


def tell_of_trial_end(
    work: UnitOfWork, subscription: MerchantSubscription, *, ends_at: datetime, key: str
) -> None:
    """Emit that a trial ends soon."""
    data = subscription_data(work, subscription) | {"trial_ends_at": ends_at.isoformat()}
    event = OutboundEvent.SUBSCRIPTION_TRIAL_ENDING
    emit(work, _owner(subscription), event, data, key=f"{subscription.id}:{key}")


def tell_of_limit(
    work: UnitOfWork, owner: Owner, *, code: str, usage: tuple[int, int], key: str, reached: bool
) -> None:
    """Emit that a limit comes near, or is reached."""
    event = OutboundEvent.LIMIT_REACHED if reached else OutboundEvent.LIMIT_APPROACHING
    used, limit = usage
    data = {**owner._asdict(), "feature_code": code, "current": used, "limit": limit}
    emit(work, owner, event, data, key=key)


def tell_of_invoice(work: UnitOfWork, invoice: BillingHistory, event: OutboundEvent) -> None:
    """Emit that an invoice was paid, or could not be."""
    owner = Owner(invoice.merchant_id, invoice.platform_id)
    data = {
        **owner._asdict(),
        "id": invoice.id,
        "invoice_number": invoice.invoice_number,
        "status": invoice.status,
        "total_cents": invoice.total_cents,
        "amount_paid_cents": invoice.amount_paid_cents,
        "currency": invoice.currency,
    }
    emit(work, owner, event, data, key=str(invoice.id))


def subscription_data(work: UnitOfWork, subscription: MerchantSubscription) -> dict[str, Any]:
    """Return a subscription as programs are told of it."""
    tier = work.session.get_one(SubscriptionTier, subscription.tier_id)
    ends = ("period_start", "period_end", "trial_ends_at", "cancel_at", "cancelled_at")
    instants = {name: getattr(subscription, name) for name in ends}
    return {
        **_owner(subscription)._asdict(),
        "tier_code": tier.code,
        "status": subscription.status,
        "billing_source": subscription.billing_source,
        "is_annual": subscription.is_annual,
        **{name: at and at.isoformat() for name, at in instants.items()},
    }


def _owner(subscription: MerchantSubscription) -> Owner:
    return Owner(subscription.merchant_id, subscription.platform_id)
