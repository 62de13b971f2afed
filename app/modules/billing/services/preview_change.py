"""What a change would cost and take away, before anybody confirms it (S7)."""

from dataclasses import dataclass, replace
from datetime import datetime

from app.contracts.tenants import Owner
from app.kit.clocks import business_now
from app.kit.db import unit_of_work
from app.modules.billing.gateways.stripe_previews import preview_change, preview_recurring
from app.modules.billing.gateways.stripe_subscriptions import fetch_subscription
from app.modules.billing.services.change_effects import ChangeEffects
from app.modules.billing.services.planned_change import (
    ChangeKind,
    PlannedChange,
    plan_change,
    refuse_unpaid,
)


@dataclass(frozen=True, kw_only=True)
class ChangePreview:
    """A change before it is made; amounts in minor units.

    `proration_date` goes back with the confirming call, so that the bill equals the preview. None
    where nothing is prorated.
    """

    kind: ChangeKind
    effective_at: datetime
    amount_due_cents: int
    credit_balance_cents: int
    next_amount_cents: int
    next_date: datetime | None
    proration_date: datetime | None
    effects: ChangeEffects


def preview_tier_change(owner: Owner, *, tier_code: str, is_annual: bool) -> ChangePreview:
    """Return what a change would mean. Raises as `plan_change`, PayFirst, and as `ask`."""
    with unit_of_work(read_only=True) as work:
        planned = plan_change(work, owner, tier_code=tier_code, is_annual=is_annual)
    refuse_unpaid(planned.subscription)
    if planned.stripe_id is None or planned.price_id is None:
        return _in_trial(planned)
    return _at_stripe(planned, planned.stripe_id, planned.price_id)


def _in_trial(planned: PlannedChange) -> ChangePreview:
    """A local trial costs nothing and has no card; what would be next is the tier's price."""
    tier = planned.tier
    price = tier.price_annual_cents if planned.is_annual else tier.price_monthly_cents
    return ChangePreview(
        kind=planned.kind,
        effective_at=business_now(),
        amount_due_cents=0,
        credit_balance_cents=0,
        next_amount_cents=price or 0,
        next_date=None,
        proration_date=None,
        effects=planned.effects,
    )


def _at_stripe(planned: PlannedChange, stripe_id: str, price_id: str) -> ChangePreview:
    running, _schedule = fetch_subscription(stripe_id)
    item_id = running.item_id
    now = business_now().replace(microsecond=0)
    recurring = preview_recurring(stripe_id, item_id=item_id, price_id=price_id)
    later = ChangePreview(
        kind=planned.kind,
        effective_at=running.period_end if planned.kind is ChangeKind.DOWNGRADE else now,
        amount_due_cents=0,
        credit_balance_cents=0,
        next_amount_cents=recurring.invoice.total_cents,
        next_date=running.period_end,
        proration_date=None,
        effects=planned.effects,
    )
    is_trial = running.trial_end is not None and running.trial_end > now
    if planned.kind is ChangeKind.DOWNGRADE or is_trial:
        return later
    bill = preview_change(stripe_id, item_id=item_id, price_id=price_id, at=now)
    keeps_period = running.interval == planned.interval
    return replace(
        later,
        amount_due_cents=bill.invoice.amount_due_cents,
        credit_balance_cents=bill.credit_cents,
        next_date=running.period_end if keeps_period else bill.covers_until,
        proration_date=now,
    )
