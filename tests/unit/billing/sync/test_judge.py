"""Whose subscription a row follows when Stripe tells of several (S12)."""

from dataclasses import replace
from datetime import timedelta
from itertools import combinations_with_replacement as ordered
from typing import Any

import pytest

from app.modules.billing.gateways.snapshots import SubscriptionSnapshot
from app.modules.billing.models import BillingSource, SubscriptionStatus
from app.modules.billing.services.sync.merge_plan import Verdict, judge, merged
from app.modules.billing.services.sync.plan_state import PlanState
from tests.unit.billing.sync.objects import LOCAL_TRIAL, PRICES, START, a_snapshot

RUNNING = replace(
    LOCAL_TRIAL,
    status=SubscriptionStatus.ACTIVE,
    billing_source=BillingSource.STRIPE,
    stripe_subscription_id="sub_A",
)
ENDED = replace(
    RUNNING, status=SubscriptionStatus.CANCELLED, cancelled_at=START + timedelta(days=5)
)
MANUAL = replace(LOCAL_TRIAL, status=SubscriptionStatus.ACTIVE, billing_source=BillingSource.MANUAL)
LATER = {"id": "sub_B", "created_at": START + timedelta(days=6)}
EARLIER = {"id": "sub_0", "created_at": START - timedelta(days=60)}


@pytest.mark.parametrize(
    ("state", "of", "status", "verdict"),
    [
        (RUNNING, {}, "past_due", Verdict.TAKE),
        (RUNNING, {}, "canceled", Verdict.TAKE),
        (ENDED, {}, "canceled", Verdict.TAKE),
        (LOCAL_TRIAL, {}, "trialing", Verdict.TAKE),
        (LOCAL_TRIAL, {}, "canceled", Verdict.TAKE),
        (LOCAL_TRIAL, {}, "incomplete", Verdict.LEAVE),
        (LOCAL_TRIAL, {}, "incomplete_expired", Verdict.LEAVE),
        (LOCAL_TRIAL, {}, "dormant", Verdict.LEAVE),
        (ENDED, LATER, "active", Verdict.TAKE),
        (ENDED, LATER, "incomplete", Verdict.LEAVE),
        (ENDED, LATER, "canceled", Verdict.TAKE),
        (ENDED, EARLIER, "canceled", Verdict.LEAVE),
        (RUNNING, LATER, "active", Verdict.RIVAL),
        (RUNNING, EARLIER, "canceled", Verdict.RIVAL),
        (MANUAL, {}, "active", Verdict.TAKE),
        (MANUAL, {}, "canceled", Verdict.LEAVE),
        (replace(MANUAL, stripe_subscription_id="sub_A"), {}, "canceled", Verdict.LEAVE),
    ],
)
def test_follows_one_subscription_at_a_time(
    state: PlanState, of: dict[str, Any], status: str, verdict: Verdict
) -> None:
    assert judge(state, a_snapshot(status=status, **of)) is verdict


def over(id_: str, began: int, ended: int) -> SubscriptionSnapshot:
    """A subscription that ran from one second to another."""
    at, until = (START + timedelta(seconds=second) for second in (began, ended))
    times: dict[str, Any] = {"created_at": at, "period_start": at, "anchor": at, "ended_at": until}
    return a_snapshot(id=id_, status="canceled", **times)


def followed(*told: SubscriptionSnapshot) -> str | None:
    """Which of them a row follows that hears of them in this order."""
    state = LOCAL_TRIAL
    for one in told:
        if judge(state, one) is Verdict.TAKE:
            state = merged(state, one, None, prices=PRICES)
    return state.stripe_subscription_id


@pytest.mark.parametrize("seconds", list(ordered(range(3), 4)), ids=str)
@pytest.mark.parametrize("names", [("sub_A", "sub_B"), ("sub_B", "sub_A")], ids=str)
def test_follows_the_later_of_two_that_are_over_in_whatever_order_it_hears_of_them(
    names: tuple[str, str], seconds: tuple[int, int, int, int]
) -> None:
    first, second = over(names[0], *seconds[:2]), over(names[1], *seconds[2:])
    expected = "sub_B" if len(set(seconds)) == 1 else names[1]  # one second: Stripe tells no order
    assert {followed(first, second), followed(second, first)} == {expected}
