"""All orders of a lifecycle's events end in the same state, and in Stripe's (S15)."""

from collections.abc import Iterator
from dataclasses import replace
from math import factorial

import pytest

from app.modules.billing.models import BillingSource, SubscriptionStatus
from app.modules.billing.services.webhooks.invoice_state import told_by
from tests.unit.billing.sync.lifecycle import AGAIN, DAY, DOMAIN, LIFE, PAID, Local
from tests.unit.billing.sync.objects import ESSENTIAL, LOCAL_TRIAL, MONTH_LATER

EXPECTED = Local(
    plan=replace(
        LOCAL_TRIAL,
        tier_id=ESSENTIAL,
        status=SubscriptionStatus.ACTIVE,
        billing_source=BillingSource.STRIPE,
        period_start=AGAIN + DAY,
        period_end=MONTH_LATER,
        usage_anchor=AGAIN + DAY,
        trial_ends_at=None,
        stripe_price_id="price_essential",
        unit_amount_cents=4900,
        arr_cents=58_800,
        stripe_subscription_id="sub_B",
        has_payment_method=True,
    ),
    addons={"sub_X": DOMAIN},
    invoices={"in_1": told_by(PAID)},
)


def endings(local: Local, left: frozenset[int], moment: int = 0) -> Iterator[Local]:
    """Yield the end of every order of what is left; orders share what they begin with."""
    if not left:
        yield local
    for index in left:
        now = max(moment, index)
        yield from endings(local.after(LIFE[index], moment=now), left - {index}, now)


def test_ends_in_stripes_state_in_every_order() -> None:
    ends = list(endings(Local(), frozenset(range(len(LIFE)))))
    assert len(ends) == factorial(len(LIFE)) == 40_320
    assert all(end == EXPECTED for end in ends)


@pytest.mark.parametrize("again", range(len(LIFE)))
def test_ends_in_stripes_state_when_an_event_comes_again(again: int) -> None:
    local = Local()
    for index, event in enumerate(LIFE):
        local = local.after(event, moment=index)
    assert local.after(LIFE[again], moment=len(LIFE)) == EXPECTED
