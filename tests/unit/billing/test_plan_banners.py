"""What a plan has to say on every page: the gravest thing, and nothing where all is well."""

from datetime import UTC, datetime, timedelta

import pytest

from app.contracts.features import Access
from app.modules.billing.models import BillingSource, MerchantSubscription, SubscriptionStatus
from app.modules.billing.services.current_plan import CurrentPlan
from app.modules.billing.services.plan_banners import Told, to_tell

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
DAY = timedelta(days=1)


def a_plan(
    status: SubscriptionStatus,
    access: Access = Access.FULL,
    *,
    source: BillingSource = BillingSource.STRIPE,
    trial_ends_at: datetime | None = None,
    cancel_at: datetime | None = None,
    access_until: datetime | None = None,
) -> CurrentPlan:
    subscription = MerchantSubscription(
        status=status, billing_source=source, trial_ends_at=trial_ends_at, cancel_at=cancel_at
    )
    return CurrentPlan(access, subscription, access_until=access_until)


@pytest.mark.parametrize(
    ("plan", "told"),
    [
        (a_plan(SubscriptionStatus.ACTIVE), None),
        (CurrentPlan(Access.RESTRICTED), (Told.RESTRICTED, None)),
        (
            a_plan(SubscriptionStatus.INCOMPLETE, Access.RESTRICTED),
            (Told.PAYMENT_PENDING, None),
        ),
        (
            a_plan(SubscriptionStatus.PAST_DUE, Access.GRACE, access_until=NOW + DAY),
            (Told.PAYMENT_FAILED, NOW + DAY),
        ),
        (a_plan(SubscriptionStatus.PAST_DUE, Access.RESTRICTED), (Told.UNPAID, None)),
        (a_plan(SubscriptionStatus.UNPAID, Access.RESTRICTED), (Told.UNPAID, None)),
        (a_plan(SubscriptionStatus.CANCELLED, Access.RESTRICTED), (Told.RESTRICTED, None)),
        (a_plan(SubscriptionStatus.EXPIRED, Access.RESTRICTED), (Told.RESTRICTED, None)),
        (a_plan(SubscriptionStatus.ACTIVE, cancel_at=NOW + DAY), (Told.ENDING, NOW + DAY)),
    ],
)
def test_it_tells_of_the_gravest_thing(
    plan: CurrentPlan, told: tuple[Told, datetime | None] | None
) -> None:
    assert to_tell(plan, NOW) == told


@pytest.mark.parametrize(
    ("left", "source", "is_told"),
    [
        (7 * DAY, BillingSource.TRIAL, True),
        (7 * DAY + timedelta(seconds=1), BillingSource.TRIAL, False),
        (DAY, BillingSource.STRIPE, False),
    ],
)
def test_a_trial_is_told_of_in_its_last_week_unless_its_plan_is_bought(
    left: timedelta, source: BillingSource, is_told: bool
) -> None:
    plan = a_plan(SubscriptionStatus.TRIAL, source=source, trial_ends_at=NOW + left)
    assert to_tell(plan, NOW) == ((Told.TRIAL_ENDING, NOW + left) if is_told else None)
