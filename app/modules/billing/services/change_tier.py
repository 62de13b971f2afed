"""Changing tier or interval: up at once, down with the next period (D21, S7)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from app.kit.clocks import business_now
from app.kit.db import UnitOfWork, unit_of_work
from app.modules.billing.exceptions import PreviewOutdated
from app.modules.billing.gateways.stripe_changes import (
    Upgraded,
    release_schedule,
    schedule_downgrade,
    upgrade,
)
from app.modules.billing.gateways.stripe_subscriptions import fetch_subscription
from app.modules.billing.models import MerchantSubscription
from app.modules.billing.services.buyer import Buyer, audit_spending
from app.modules.billing.services.change_effects import ChangeEffects
from app.modules.billing.services.planned_change import (
    ChangeKind,
    PlannedChange,
    plan_change,
    refuse_unpaid,
)
from app.modules.billing.services.subscription_changes import record_change, told
from app.modules.billing.services.sync import sync_now

PREVIEW_HOLDS = timedelta(hours=1)


class ChangeStatus(StrEnum):
    """How far a change has come."""

    APPLIED = "applied"
    SCHEDULED = "scheduled"
    PAYMENT_PENDING = "payment_pending"


@dataclass(frozen=True, kw_only=True)
class TierChanged:
    """What became of a change; `effective_at` is None until a pending payment arrives."""

    status: ChangeStatus
    effective_at: datetime | None
    amount_due_cents: int = 0
    payment_url: str | None = None
    effects: ChangeEffects


def change_tier(
    buyer: Buyer, *, tier_code: str, is_annual: bool, proration_date: datetime | None = None
) -> TierChanged:
    """Change the plan of a merchant; `proration_date` is that of the preview that was confirmed.

    Raises as `plan_change`, PayFirst, PreviewOutdated, and as `gateways.client.ask`.
    """
    at = proration_instant(proration_date)
    with unit_of_work() as work:
        planned = plan_change(work, buyer.owner, tier_code=tier_code, is_annual=is_annual)
        audit_spending(
            work,
            buyer,
            "subscription.change_requested",
            subscription=planned.subscription,
            tier=planned.tier.code,
            is_annual=is_annual,
            kind=planned.kind,
        )
        if planned.stripe_id is None:
            return _change_trial(work, planned)
    refuse_unpaid(planned.subscription)
    return change_at_stripe(planned, at=at)


def change_at_stripe(planned: PlannedChange, *, at: datetime) -> TierChanged:
    """Make a change of what Stripe bills, prorated `at` an instant; what was scheduled is dropped.

    Raises as `gateways.client.ask`.
    """
    stripe_id, price_id = planned.stripe_id, planned.price_id
    assert stripe_id is not None
    assert price_id is not None
    running, schedule = fetch_subscription(stripe_id)
    if schedule is not None and schedule.is_live:
        release_schedule(schedule.id)
    key = _key(planned.subscription, price_id, at)
    if planned.kind is ChangeKind.DOWNGRADE:
        schedule_downgrade(running, price_id=price_id, interval=planned.interval, key=key)
        sync_now(stripe_id)
        return TierChanged(
            status=ChangeStatus.SCHEDULED,
            effective_at=running.period_end,
            effects=planned.effects,
        )
    upgraded = upgrade(running, price_id=price_id, at=at, key=key)
    sync_now(stripe_id)
    return _answer(upgraded, at=at, effects=planned.effects)


def proration_instant(confirmed: datetime | None) -> datetime:
    """Return the instant that a change is prorated at: that of its preview while it holds (S7).

    Raises PreviewOutdated.
    """
    now = business_now().replace(microsecond=0)
    if confirmed is None:
        return now
    if not now - PREVIEW_HOLDS <= confirmed <= now + timedelta(minutes=1):
        raise PreviewOutdated
    return confirmed


def _change_trial(work: UnitOfWork, planned: PlannedChange) -> TierChanged:
    """A local trial changes at once, whichever way (D21)."""
    subscription = planned.subscription
    before = told(subscription)
    subscription.tier_id = planned.tier.id
    subscription.is_annual = planned.is_annual
    record_change(
        work,
        subscription,
        cause="tier_changed",
        before=before,
        arr_cents_before=subscription.arr_cents,
    )
    return TierChanged(
        status=ChangeStatus.APPLIED, effective_at=business_now(), effects=planned.effects
    )


def _answer(upgraded: Upgraded, *, at: datetime, effects: ChangeEffects) -> TierChanged:
    waits = upgraded.is_pending
    return TierChanged(
        status=ChangeStatus.PAYMENT_PENDING if waits else ChangeStatus.APPLIED,
        effective_at=None if waits else at,
        amount_due_cents=upgraded.amount_due_cents,
        payment_url=upgraded.payment_url,
        effects=effects,
    )


def _key(subscription: MerchantSubscription, price_id: str, at: datetime) -> tuple[object, ...]:
    """The row's version tells this change from an equal one before (S2)."""
    return ("change", subscription.id, subscription.version, price_id, int(at.timestamp()))
