"""What Stripe's subscription of an add-on says, in our words; pure."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.modules.billing.gateways.metadata import STOPPED_WITH_PLAN
from app.modules.billing.gateways.snapshots import ScheduleSnapshot, SubscriptionSnapshot
from app.modules.billing.models import HELD, RUNNING, AddOnStatus

MONTHS_A_YEAR = 12
_STATUS = {
    "trialing": AddOnStatus.ACTIVE,
    "active": AddOnStatus.ACTIVE,
    "past_due": AddOnStatus.PAST_DUE,
    "unpaid": AddOnStatus.UNPAID,
    "paused": AddOnStatus.UNPAID,
    "canceled": AddOnStatus.CANCELLED,
    "incomplete_expired": AddOnStatus.EXPIRED,
}
NEVER_BEGAN = frozenset({"incomplete", "incomplete_expired"})


@dataclass(frozen=True, slots=True)
class NextPrice:
    """The price at Stripe that begins at an instant to come (D31)."""

    price_id: str
    at: datetime


def status_of(snapshot: SubscriptionSnapshot) -> AddOnStatus | None:
    """Return the status of an add-on (D29); None for one that this version does not know."""
    return _STATUS.get(snapshot.status)


def arr_cents_of(snapshot: SubscriptionSnapshot) -> int:
    """Return what an add-on brings in a year, net of discounts, in minor units; exact (D27)."""
    if status_of(snapshot) not in RUNNING:
        return 0
    a_period = snapshot.unit_amount_cents * snapshot.quantity - snapshot.discount_cents
    return a_period * (1 if snapshot.interval == "year" else MONTHS_A_YEAR)


def columns_of(snapshot: SubscriptionSnapshot) -> dict[str, Any]:
    """Return what an add-on's row says when it is in step, apart from products (D29).

    An unknown status is left out: what is known stays.
    """
    status = status_of(snapshot)
    return {
        **({} if status is None else {"status": status}),
        "unit_amount_cents": snapshot.unit_amount_cents,
        "currency": snapshot.currency,
        "arr_cents": arr_cents_of(snapshot),
        "period_start": snapshot.period_start,
        "period_end": snapshot.period_end,
        "cancel_at": snapshot.ends_at,
        "cancelled_at": snapshot.canceled_at,
        "stopped_with_plan": is_stopped_with_plan(snapshot) and status in HELD,
        "stripe_price_id": snapshot.price_id,
        "stripe_schedule_id": snapshot.schedule_id,
    }


def is_stopped_with_plan(snapshot: SubscriptionSnapshot) -> bool:
    """Whether the end of the plan is why it will not renew (D24): Stripe keeps that for us."""
    return snapshot.ends_at is not None and snapshot.metadata.get(STOPPED_WITH_PLAN) == "1"


def next_price(
    snapshot: SubscriptionSnapshot, schedule: ScheduleSnapshot | None
) -> NextPrice | None:
    """Return the other price that a schedule lets begin after this period."""
    if schedule is None or not schedule.is_live:
        return None
    for phase in schedule.phases:
        if phase.starts_at >= snapshot.period_end and phase.price_id != snapshot.price_id:
            return NextPrice(phase.price_id, phase.starts_at)
    return None
