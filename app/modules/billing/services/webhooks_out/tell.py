"""Which events a change of a subscription, a notice or an invoice is to merchants' systems."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any, NamedTuple

from app.contracts.tenants import Owner
from app.kit.db import UnitOfWork
from app.modules.billing.models import (
    BillingHistory,
    MerchantSubscription,
    OutboundEvent,
    SubscriptionStatus,
    SubscriptionTier,
)
from app.modules.billing.repositories.tiers import tiers_of
from app.modules.billing.services.webhooks_out.emit import Happening, emit

ENDED = (SubscriptionStatus.CANCELLED, SubscriptionStatus.EXPIRED)


class TrialEnd(NamedTuple):
    """The end of a trial, and which of its notices this is."""

    subscription: MerchantSubscription
    ends_at: datetime
    key: str


def tell_of_subscriptions(
    work: UnitOfWork, changed: Sequence[MerchantSubscription], *, new: Collection[int] = ()
) -> None:
    """Emit the events of changes that were just flushed; `new` are ids of what began with it."""
    tiers = tiers_of(work.session, changed)
    happenings = [
        Happening(
            _owner(one),
            _event(one, new),
            partial(_data, one, tiers),
            key=f"{one.id}:{one.version}",
        )
        for one in changed
    ]
    emit(work, happenings)


def tell_of_trial_ends(work: UnitOfWork, ending: Sequence[TrialEnd]) -> None:
    """Emit that trials end soon."""
    tiers = tiers_of(work.session, [one.subscription for one in ending])
    event = OutboundEvent.SUBSCRIPTION_TRIAL_ENDING
    happenings = [
        Happening(
            _owner(one.subscription),
            event,
            partial(_data, one.subscription, tiers, trial_ends_at=one.ends_at),
            key=f"{one.subscription.id}:{one.key}",
        )
        for one in ending
    ]
    emit(work, happenings)


def tell_of_limit(
    work: UnitOfWork, owner: Owner, *, code: str, usage: tuple[int, int], key: str, reached: bool
) -> None:
    """Emit that a limit comes near, or is reached."""
    event = OutboundEvent.LIMIT_REACHED if reached else OutboundEvent.LIMIT_APPROACHING
    used, limit = usage
    data = {**owner._asdict(), "feature_code": code, "current": used, "limit": limit}
    emit(work, [Happening(owner, event, lambda: data, key)])


def tell_of_invoices(
    work: UnitOfWork, invoices: Iterable[BillingHistory], event: OutboundEvent
) -> None:
    """Emit that invoices were paid, or could not be."""
    emit(work, [_of_invoice(one, event) for one in invoices])


def _of_invoice(invoice: BillingHistory, event: OutboundEvent) -> Happening:
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
    return Happening(owner, event, lambda: data, str(invoice.id))


def _data(
    subscription: MerchantSubscription,
    tiers: Mapping[int, SubscriptionTier],
    **known: datetime,
) -> dict[str, Any]:
    ends = ("period_start", "period_end", "trial_ends_at", "cancel_at", "cancelled_at")
    instants = {name: getattr(subscription, name) for name in ends} | known
    return {
        **_owner(subscription)._asdict(),
        "tier_code": tiers[subscription.tier_id].code,
        "status": subscription.status,
        "billing_source": subscription.billing_source,
        "is_annual": subscription.is_annual,
        **{name: at and at.isoformat() for name, at in instants.items()},
    }


def _event(subscription: MerchantSubscription, new: Collection[int]) -> OutboundEvent:
    if subscription.id in new:
        return OutboundEvent.SUBSCRIPTION_CREATED
    if subscription.status in ENDED:
        return OutboundEvent.SUBSCRIPTION_CANCELLED
    return OutboundEvent.SUBSCRIPTION_UPDATED


def _owner(subscription: MerchantSubscription) -> Owner:
    return Owner(subscription.merchant_id, subscription.platform_id)
