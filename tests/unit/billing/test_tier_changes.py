"""What the button at a tier does (D19, D21)."""

import pytest

from app.modules.billing.models import BillingSource, SubscriptionStatus
from app.modules.billing.services.tier_changes import Held, Offered, change_to

ACTIVE, TRIAL = SubscriptionStatus.ACTIVE, SubscriptionStatus.TRIAL
STRIPE, MANUAL, LOCAL = BillingSource.STRIPE, BillingSource.MANUAL, BillingSource.TRIAL


def held(
    status: SubscriptionStatus = ACTIVE,
    source: BillingSource = STRIPE,
    *,
    is_annual: bool = False,
) -> Held:
    return Held(2, 2, is_annual, status, source, is_at_stripe=source is STRIPE)


def offered(rank: int, *, is_annual: bool = False, is_for_sale: bool = True) -> Offered:
    return Offered(rank, rank, is_annual, is_for_sale)


@pytest.mark.parametrize(
    ("has", "wants", "expected"),
    [
        (None, offered(1), "checkout"),
        (held(SubscriptionStatus.EXPIRED), offered(2), "checkout"),
        (held(), offered(2), "current"),
        (held(), offered(3), "upgrade"),
        (held(), offered(1), "downgrade"),
        (held(), offered(2, is_annual=True), "upgrade"),
        (held(is_annual=True), offered(2), "downgrade"),
        (held(is_annual=True), offered(1, is_annual=True), "downgrade"),
        (held(TRIAL, LOCAL), offered(2), "checkout"),
        (held(TRIAL, LOCAL), offered(3), "checkout"),
        (held(ACTIVE, MANUAL), offered(2), "current"),
        (held(ACTIVE, MANUAL), offered(3), "checkout"),
        (held(SubscriptionStatus.PAST_DUE), offered(3), "unavailable"),
        (held(SubscriptionStatus.PAST_DUE), offered(2), "current"),
        (held(), offered(3, is_for_sale=False), "unavailable"),
        (held(), offered(2, is_for_sale=False), "current"),
    ],
)
def test_choosing_a_tier_means(has: Held | None, wants: Offered, expected: str) -> None:
    assert change_to(has, wants) == expected
