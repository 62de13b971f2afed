"""Whose subscription a row follows when Stripe tells of several (S12)."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from app.modules.billing.models import BillingSource, SubscriptionStatus
from app.modules.billing.services.sync.merge_plan import Verdict, judge
from app.modules.billing.services.sync.plan_state import PlanState
from tests.unit.billing.sync.objects import LOCAL_TRIAL, START, a_snapshot

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
