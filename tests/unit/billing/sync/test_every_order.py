"""All orders of a lifecycle's events end in the same state, and in Stripe's (S15)."""

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


def endings() -> list[tuple[Local, int]]:
    """Return how all orders end, and how many of them end so; what is equal goes on as one."""
    reached = {(frozenset(range(len(LIFE))), 0): [(Local(), 1)]}
    for _ in LIFE:
        following: dict[tuple[frozenset[int], int], list[tuple[Local, int]]] = {}
        for (left, moment), states in reached.items():
            for index in left:
                now = max(moment, index)
                ends = following.setdefault((left - {index}, now), [])
                for local, orders in states:
                    _add(ends, local.after(LIFE[index], moment=now), orders)
        reached = following
    return [end for ends in reached.values() for end in ends]


def _add(ends: list[tuple[Local, int]], local: Local, orders: int) -> None:
    for place, (known, count) in enumerate(ends):
        if known == local:
            ends[place] = (known, count + orders)
            return
    ends.append((local, orders))


def test_ends_in_stripes_state_in_every_order() -> None:
    assert endings() == [(EXPECTED, factorial(8))]


@pytest.mark.parametrize("again", range(len(LIFE)))
def test_ends_in_stripes_state_when_an_event_comes_again(again: int) -> None:
    local = Local()
    for index, event in enumerate(LIFE):
        local = local.after(event, moment=index)
    assert local.after(LIFE[again], moment=len(LIFE)) == EXPECTED
