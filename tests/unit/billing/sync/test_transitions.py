"""What happened between two states, so that it is told once (S14)."""

from dataclasses import replace

from app.modules.billing.models import SubscriptionStatus
from app.modules.billing.services.sync.transitions import Transition, transitions
from tests.unit.billing.sync.objects import LOCAL_TRIAL, MONTH_LATER, PROFESSIONAL

ACTIVE = replace(LOCAL_TRIAL, status=SubscriptionStatus.ACTIVE, stripe_subscription_id="sub_A")
OVERDUE = replace(ACTIVE, status=SubscriptionStatus.PAST_DUE)
ENDING = replace(ACTIVE, cancel_at=MONTH_LATER)
OVER = replace(ACTIVE, status=SubscriptionStatus.CANCELLED)


def test_tells_nothing_where_nothing_happened() -> None:
    assert transitions(ACTIVE, replace(ACTIVE, period_end=MONTH_LATER)) == []


def test_tells_of_another_plan_and_of_another_interval() -> None:
    assert transitions(ACTIVE, replace(ACTIVE, tier_id=PROFESSIONAL)) == [Transition.PLAN_CHANGED]
    assert transitions(ACTIVE, replace(ACTIVE, is_annual=True)) == [Transition.PLAN_CHANGED]


def test_tells_that_paying_began_and_not_that_the_interval_was_chosen() -> None:
    assert transitions(LOCAL_TRIAL, replace(ACTIVE, is_annual=True)) == [Transition.BEGAN]
    assert transitions(LOCAL_TRIAL, replace(ACTIVE, tier_id=PROFESSIONAL)) == [
        Transition.BEGAN,
        Transition.PLAN_CHANGED,
    ]


def test_tells_of_a_new_beginning_after_the_end_without_a_change_of_plan() -> None:
    again = replace(ACTIVE, stripe_subscription_id="sub_B", tier_id=PROFESSIONAL)
    assert transitions(OVER, again) == [Transition.BEGAN]


def test_tells_of_an_end_that_was_scheduled_or_withdrawn() -> None:
    assert transitions(ACTIVE, ENDING) == [Transition.END_SCHEDULED]
    assert transitions(ENDING, ACTIVE) == [Transition.END_WITHDRAWN]


def test_tells_of_the_end_once() -> None:
    assert transitions(ENDING, OVER) == [Transition.ENDED]
    assert transitions(OVER, replace(OVER, cancellation_reason="x")) == []


def test_tells_that_a_payment_was_made_up_for() -> None:
    assert transitions(OVERDUE, ACTIVE) == [Transition.RECOVERED]
    assert transitions(ACTIVE, OVERDUE) == []
