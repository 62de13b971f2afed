"""A plan becomes what Stripe says of it (D15, D19, D20, D21, D25)."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from app.modules.billing.models import BillingSource, SubscriptionStatus
from app.modules.billing.services.sync.merge_plan import merged
from app.modules.billing.services.sync.plan_state import PlanState
from tests.unit.billing.sync.objects import (
    ESSENTIAL,
    LOCAL_TRIAL,
    MONTH_LATER,
    PRICES,
    PROFESSIONAL,
    START,
    a_schedule,
    a_snapshot,
)


def after(snapshot: Any, schedule: Any = None, *, state: PlanState = LOCAL_TRIAL) -> PlanState:
    return merged(state, snapshot, schedule, prices=PRICES)


def test_takes_over_the_whole_state_of_a_subscription() -> None:
    assert after(a_snapshot("price_professional")) == PlanState(
        tier_id=PROFESSIONAL,
        status=SubscriptionStatus.ACTIVE,
        billing_source=BillingSource.STRIPE,
        is_annual=False,
        period_start=START,
        period_end=MONTH_LATER,
        usage_anchor=START,
        trial_ends_at=None,
        cancel_at=None,
        cancelled_at=None,
        cancellation_reason=None,
        pending_tier_id=None,
        pending_is_annual=None,
        pending_effective_at=None,
        stripe_price_id="price_professional",
        unit_amount_cents=9900,
        currency="EUR",
        discount_cents=0,
        arr_cents=118_800,
        stripe_customer_id="cus_1",
        stripe_subscription_id="sub_A",
        stripe_schedule_id=None,
        has_payment_method=True,
        payment_retry_count=0,
        past_due_since=None,
        last_payment_error=None,
        missing_at_stripe_at=None,
    )


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [
        ("trialing", "trial"),
        ("active", "active"),
        ("past_due", "past_due"),
        ("unpaid", "unpaid"),
        ("canceled", "cancelled"),
        ("incomplete", "incomplete"),
        ("incomplete_expired", "expired"),
        ("paused", "paused"),
    ],
)
def test_names_every_status_as_we_do(theirs: str, ours: str) -> None:
    assert after(a_snapshot(status=theirs)).status == ours


def test_keeps_the_status_where_it_does_not_know_the_new_one() -> None:
    held = replace(LOCAL_TRIAL, status=SubscriptionStatus.PAST_DUE)
    assert after(a_snapshot(status="dormant"), state=held).status is SubscriptionStatus.PAST_DUE


def test_keeps_the_tier_where_the_price_is_unknown() -> None:
    state = after(a_snapshot("price_of_another_shop", unit_amount_cents=700))
    assert (state.tier_id, state.unit_amount_cents, state.arr_cents) == (ESSENTIAL, 700, 8400)


@pytest.mark.parametrize(
    ("price", "discount", "arr"),
    [
        ("price_essential", 0, 58_800),
        ("price_essential", 980, 47_040),
        ("price_professional_year", 0, 99_000),
        ("price_professional_year", 9_900, 89_100),
    ],
)
def test_tells_what_a_year_earns_net_of_discounts(price: str, discount: int, arr: int) -> None:
    assert after(a_snapshot(price, discount_cents=discount)).arr_cents == arr


@pytest.mark.parametrize("status", ["trialing", "unpaid", "paused", "canceled", "incomplete"])
def test_earns_nothing_from_who_does_not_pay(status: str) -> None:
    assert after(a_snapshot(status=status)).arr_cents == 0


def test_counts_usage_from_the_end_of_the_trial() -> None:
    trial_end = START + timedelta(days=9)
    state = after(a_snapshot(status="trialing", trial_end=trial_end, anchor=trial_end))
    assert (state.usage_anchor, state.trial_ends_at) == (trial_end, trial_end)


def test_does_not_refill_the_quota_when_the_interval_is_switched() -> None:
    monthly = after(a_snapshot("price_professional"))
    switched = datetime(2026, 2, 11, tzinfo=UTC)
    annual = a_snapshot("price_professional_year", anchor=switched, period_start=switched)
    state = after(annual, state=monthly)
    assert (state.is_annual, state.usage_anchor) == (True, START)


def test_shows_when_it_will_end() -> None:
    state = after(a_snapshot(ends_at=MONTH_LATER, cancel_at_period_end=True))
    assert (state.status, state.cancel_at) == (SubscriptionStatus.ACTIVE, MONTH_LATER)


def test_shows_when_and_why_it_ended() -> None:
    ended = START + timedelta(days=3)
    snapshot = a_snapshot(
        status="canceled",
        canceled_at=START,
        ended_at=ended,
        ends_at=ended,
        cancellation_reason="no",
    )
    state = after(snapshot)
    assert (state.cancel_at, state.cancelled_at, state.cancellation_reason) == (None, ended, "no")


def test_shows_the_change_that_a_schedule_will_make() -> None:
    schedule = a_schedule(("price_professional", START), ("price_essential", MONTH_LATER))
    state = after(a_snapshot("price_professional", schedule_id="sub_sched_1"), schedule)
    assert (state.pending_tier_id, state.pending_is_annual, state.pending_effective_at) == (
        ESSENTIAL,
        False,
        MONTH_LATER,
    )
    assert state.stripe_schedule_id == "sub_sched_1"


@pytest.mark.parametrize(
    ("snapshot", "schedule"),
    [
        (a_snapshot("price_professional"), a_schedule(("price_essential", MONTH_LATER))),
        (
            a_snapshot("price_professional", schedule_id="sub_sched_1"),
            a_schedule(("price_essential", MONTH_LATER), is_live=False),
        ),
        (
            a_snapshot("price_professional", schedule_id="sub_sched_1"),
            a_schedule(("price_essential", START)),
        ),
        (
            a_snapshot("price_essential", schedule_id="sub_sched_1"),
            a_schedule(("price_essential", MONTH_LATER)),
        ),
        (
            a_snapshot("price_professional", schedule_id="sub_sched_1"),
            a_schedule(("price_of_another_shop", MONTH_LATER)),
        ),
        (
            a_snapshot("price_professional", schedule_id="sub_sched_1", status="canceled"),
            a_schedule(("price_essential", MONTH_LATER)),
        ),
    ],
    ids=["released", "over", "begun", "same price", "unknown price", "ended"],
)
def test_shows_no_change_that_will_not_come(snapshot: Any, schedule: Any) -> None:
    state = after(snapshot, schedule)
    assert (state.pending_tier_id, state.pending_effective_at) == (None, None)


def test_drops_a_change_that_was_withdrawn() -> None:
    held = replace(after(a_snapshot()), pending_tier_id=1, pending_effective_at=MONTH_LATER)
    assert after(a_snapshot(), state=held).pending_tier_id is None


def test_keeps_what_is_known_of_the_card_where_the_customer_was_not_sent_along() -> None:
    held = after(a_snapshot(has_payment_method=True))
    assert after(a_snapshot(has_payment_method=None), state=held).has_payment_method is True


def test_finds_again_what_was_missing() -> None:
    held = replace(after(a_snapshot()), missing_at_stripe_at=START)
    assert after(a_snapshot(), state=held).missing_at_stripe_at is None
