"""What a status leaves open, and until when our own clock lets it (D11)."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.contracts.features import Access
from app.modules.billing.models import BillingSource, SubscriptionStatus
from app.modules.billing.services.access import AccessSpan, SubscriptionState, access_at

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
DAY, TICK = timedelta(days=1), timedelta(microseconds=1)
GRACE = 7 * DAY
OPEN = {SubscriptionStatus.TRIAL, SubscriptionStatus.ACTIVE, SubscriptionStatus.PAST_DUE}
times = st.none() | st.integers(min_value=-60, max_value=60).map(lambda days: NOW + days * DAY)
states = st.builds(
    SubscriptionState,
    status=st.sampled_from(SubscriptionStatus),
    billing_source=st.sampled_from(BillingSource),
    is_at_stripe=st.booleans(),
    trial_ends_at=times,
    cancel_at=times,
    past_due_since=times,
    grace_until=times,
)


def state(status: str, source: str = "manual", **values: datetime | bool) -> SubscriptionState:
    given_source = BillingSource(source)
    known = SubscriptionState(SubscriptionStatus(status), given_source)
    return replace(known, is_at_stripe=given_source is BillingSource.STRIPE, **values)  # type: ignore[arg-type]


def at(one: SubscriptionState | None, now: datetime = NOW) -> AccessSpan:
    return access_at(one, now, grace=GRACE)


def test_nobody_without_a_subscription_has_access() -> None:
    assert at(None) == AccessSpan(Access.RESTRICTED)


@pytest.mark.parametrize(
    ("known", "access", "until"),
    [
        (state("trial", "trial", trial_ends_at=NOW + DAY), Access.FULL, NOW + DAY),
        (state("trial", "trial", trial_ends_at=NOW + TICK), Access.FULL, NOW + TICK),
        (state("trial", "trial", trial_ends_at=NOW), Access.RESTRICTED, None),
        (state("trial", "stripe", trial_ends_at=NOW - DAY), Access.FULL, None),
        (state("active"), Access.FULL, None),
        (state("active", cancel_at=NOW + DAY), Access.FULL, NOW + DAY),
        (state("active", cancel_at=NOW), Access.RESTRICTED, None),
        (state("active", "comp", cancel_at=NOW), Access.RESTRICTED, None),
        (state("active", "stripe", cancel_at=NOW - DAY), Access.FULL, None),
        (state("past_due", past_due_since=NOW - DAY), Access.GRACE, NOW + 6 * DAY),
        (state("past_due", past_due_since=NOW - 7 * DAY), Access.RESTRICTED, None),
        (
            state("past_due", past_due_since=NOW - 9 * DAY, grace_until=NOW + DAY),
            Access.GRACE,
            NOW + DAY,
        ),
        (
            state("past_due", "stripe", past_due_since=NOW - DAY, grace_until=NOW - 2 * DAY),
            Access.GRACE,
            NOW + 6 * DAY,
        ),
        (state("past_due", "stripe", past_due_since=NOW - 8 * DAY), Access.RESTRICTED, None),
    ],
)
def test_it_follows_the_status_and_our_clock(
    known: SubscriptionState, access: Access, until: datetime | None
) -> None:
    assert at(known) == AccessSpan(access, until)


@given(states)
def test_every_other_status_is_closed(one: SubscriptionState) -> None:
    if one.status not in OPEN:
        assert at(one) == AccessSpan(Access.RESTRICTED)


@given(states)
def test_it_holds_until_the_instant_that_it_tells_and_then_ends(one: SubscriptionState) -> None:
    span = at(one)
    if span.until is not None:
        assert span.until > NOW
        assert at(one, span.until - TICK) == span
        assert at(one, span.until) == AccessSpan(Access.RESTRICTED)
    else:
        assert at(one, NOW + 1000 * DAY) == span


@given(states, st.integers(min_value=0, max_value=400))
def test_our_clock_alone_never_locks_out_who_pays_through_stripe(
    one: SubscriptionState, days: int
) -> None:
    if one.is_at_stripe and one.status in {SubscriptionStatus.TRIAL, SubscriptionStatus.ACTIVE}:
        assert at(one, NOW + days * DAY) == AccessSpan(Access.FULL)


@given(states, st.integers(min_value=0, max_value=400))
def test_time_alone_never_opens_anything(one: SubscriptionState, days: int) -> None:
    if at(one).access is Access.RESTRICTED:
        assert at(one, NOW + days * DAY).access is Access.RESTRICTED
