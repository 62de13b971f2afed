"""What becomes of a plan when Stripe's present state of it is known; pure (S12, D15, D20)."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import Enum

from app.modules.billing.gateways.snapshots import ScheduleSnapshot, SubscriptionSnapshot
from app.modules.billing.models import BillingSource, SubscriptionStatus
from app.modules.billing.services.sync.pending_change import next_phase
from app.modules.billing.services.sync.plan_state import EARNING, ENDED, PlanState

MONTHS = {"month": 12, "year": 1}
STATUSES: Mapping[str, SubscriptionStatus] = {
    "trialing": SubscriptionStatus.TRIAL,
    "active": SubscriptionStatus.ACTIVE,
    "past_due": SubscriptionStatus.PAST_DUE,
    "unpaid": SubscriptionStatus.UNPAID,
    "canceled": SubscriptionStatus.CANCELLED,
    "incomplete": SubscriptionStatus.INCOMPLETE,
    "incomplete_expired": SubscriptionStatus.EXPIRED,
    "paused": SubscriptionStatus.PAUSED,
}
NEVER_BEGAN = frozenset({SubscriptionStatus.INCOMPLETE, SubscriptionStatus.EXPIRED})


class Verdict(Enum):
    """What a subscription at Stripe means to the row of its merchant."""

    TAKE = "take"
    LEAVE = "leave"
    RIVAL = "rival"


@dataclass(frozen=True, slots=True)
class PricedTier:
    """What a price at Stripe stands for here."""

    tier_id: int
    is_annual: bool


Prices = Mapping[str, PricedTier]


def judge(state: PlanState, snapshot: SubscriptionSnapshot) -> Verdict:
    """Decide whether the row follows this subscription (S12: another id than the row's).

    A live one is taken by a row whose own has ended; beside one that still runs it is a rival.
    What never began tells nothing. Of two that have ended the later one is taken, so that the
    order of news is no matter.
    """
    status = STATUSES.get(snapshot.status)
    if snapshot.id == state.stripe_subscription_id:
        return Verdict.LEAVE if state.is_ours and status in ENDED else Verdict.TAKE
    if status is None or status in NEVER_BEGAN:
        return Verdict.LEAVE
    if state.is_live_at_stripe:
        return Verdict.RIVAL
    if status not in ENDED:
        return Verdict.TAKE
    return Verdict.LEAVE if state.is_ours or _is_older(state, snapshot) else Verdict.TAKE


def merged(
    state: PlanState,
    snapshot: SubscriptionSnapshot,
    schedule: ScheduleSnapshot | None,
    *,
    prices: Prices,
) -> PlanState:
    """Return the state with everything that Stripe says; what is owed is told by the invoices.

    An unknown price keeps the tier (D25), an unknown status the status (D20). The anchor of usage
    is where billing began: the trial's end, else the subscription's own beginning, which neither
    renewals nor upgrades nor switches of the interval move (D15).
    """
    status = STATUSES.get(snapshot.status, state.status)
    known = prices.get(snapshot.price_id)
    amount = snapshot.unit_amount_cents * snapshot.quantity
    is_annual = snapshot.interval == "year"
    moved = replace(
        state,
        tier_id=known.tier_id if known else state.tier_id,
        status=status,
        billing_source=BillingSource.STRIPE,
        is_annual=is_annual,
        period_start=snapshot.period_start,
        period_end=snapshot.period_end,
        usage_anchor=snapshot.trial_end or snapshot.created_at,
        trial_ends_at=snapshot.trial_end,
        cancel_at=None if status in ENDED else snapshot.ends_at,
        cancelled_at=(snapshot.ended_at or snapshot.canceled_at) if status in ENDED else None,
        cancellation_reason=snapshot.cancellation_reason,
        stripe_price_id=snapshot.price_id,
        unit_amount_cents=amount,
        currency=snapshot.currency,
        discount_cents=snapshot.discount_cents,
        arr_cents=(amount - snapshot.discount_cents) * MONTHS[snapshot.interval]
        if status in EARNING
        else 0,
        stripe_customer_id=snapshot.customer_id,
        stripe_subscription_id=snapshot.id,
        stripe_schedule_id=snapshot.schedule_id,
        missing_at_stripe_at=None,
    )
    if snapshot.has_payment_method is not None:
        moved = replace(moved, has_payment_method=snapshot.has_payment_method)
    return _with_pending(moved, snapshot, schedule, prices)


def _with_pending(
    state: PlanState,
    snapshot: SubscriptionSnapshot,
    schedule: ScheduleSnapshot | None,
    prices: Prices,
) -> PlanState:
    phase = None if state.has_ended else next_phase(snapshot, schedule)
    known = prices.get(phase.price_id) if phase else None
    return replace(
        state,
        pending_tier_id=known.tier_id if known else None,
        pending_is_annual=known.is_annual if known else None,
        pending_effective_at=phase.starts_at if phase and known else None,
    )


def _is_older(state: PlanState, snapshot: SubscriptionSnapshot) -> bool:
    """Of two that began and ended in one second Stripe tells no order; their ids stand for it."""
    if state.stripe_subscription_id is None or state.cancelled_at is None:
        return False
    began = min(state.period_start, state.usage_anchor)
    if began == state.cancelled_at == snapshot.created_at == snapshot.ended_at:
        return snapshot.id < state.stripe_subscription_id
    return snapshot.created_at < state.cancelled_at
