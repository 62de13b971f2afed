"""What Stripe's subscription of an add-on says in our words (D24, D27, D29, D31)."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from app.modules.billing.gateways.snapshots import (
    PhaseSnapshot,
    ScheduleSnapshot,
    SubscriptionSnapshot,
)
from app.modules.billing.models import AddOnStatus
from app.modules.billing.services.addons.follow_plan import paid_end
from app.modules.billing.services.addons.state import (
    NextPrice,
    arr_cents_of,
    columns_of,
    is_stopped_with_plan,
    next_price,
    status_of,
)


def at(month: int, day: int, year: int = 2027) -> datetime:
    return datetime(year, month, day, tzinfo=UTC)


MONTHLY = SubscriptionSnapshot(
    id="sub_1",
    customer_id="cus_1",
    status="active",
    livemode=False,
    created_at=at(1, 31),
    item_id="si_1",
    price_id="price_5",
    product_id="prod_5",
    unit_amount_cents=500,
    quantity=1,
    discount_cents=0,
    currency="EUR",
    interval="month",
    period_start=at(1, 31),
    period_end=at(2, 28),
    anchor=at(1, 31),
    trial_end=None,
    ends_at=None,
    cancel_at_period_end=False,
    canceled_at=None,
    ended_at=None,
    cancellation_reason=None,
    schedule_id=None,
    pending_price_id=None,
    has_payment_method=True,
    latest_invoice_id=None,
    metadata={},
)


@pytest.mark.parametrize(
    ("stripe", "ours"),
    [
        ("active", AddOnStatus.ACTIVE),
        ("trialing", AddOnStatus.ACTIVE),
        ("past_due", AddOnStatus.PAST_DUE),
        ("unpaid", AddOnStatus.UNPAID),
        ("paused", AddOnStatus.UNPAID),
        ("canceled", AddOnStatus.CANCELLED),
        ("incomplete_expired", AddOnStatus.EXPIRED),
        ("something_new", None),
    ],
)
def test_maps_every_status(stripe: str, ours: AddOnStatus | None) -> None:
    assert status_of(replace(MONTHLY, status=stripe)) is ours


def test_keeps_the_status_that_is_there_when_stripe_says_an_unknown_one() -> None:
    assert "status" not in columns_of(replace(MONTHLY, status="something_new"))


def test_counts_a_year_net_of_discounts_while_it_runs() -> None:
    assert arr_cents_of(MONTHLY) == 6000
    assert arr_cents_of(replace(MONTHLY, discount_cents=50)) == 5400
    assert arr_cents_of(replace(MONTHLY, interval="year", unit_amount_cents=1500)) == 1500
    assert arr_cents_of(replace(MONTHLY, status="past_due")) == 6000
    assert arr_cents_of(replace(MONTHLY, status="unpaid")) == 0
    assert arr_cents_of(replace(MONTHLY, status="canceled")) == 0


def test_knows_that_the_plan_stopped_it_only_while_it_will_end() -> None:
    marked = replace(MONTHLY, metadata={"tierline_stopped_with_plan": "1"})
    assert not is_stopped_with_plan(marked)
    assert is_stopped_with_plan(replace(marked, ends_at=at(2, 28)))
    assert not is_stopped_with_plan(replace(MONTHLY, ends_at=at(2, 28)))


def test_reads_the_next_pack_from_a_schedule_that_lives() -> None:
    phases = (
        PhaseSnapshot("price_25", at(1, 31), at(2, 28)),
        PhaseSnapshot("price_5", at(2, 28), at(3, 31)),
    )
    running = replace(MONTHLY, price_id="price_25")
    schedule = ScheduleSnapshot("sched_1", "sub_1", True, phases)
    assert next_price(running, schedule) == NextPrice("price_5", at(2, 28))
    assert next_price(running, replace(schedule, is_live=False)) is None
    assert next_price(running, None) is None
    assert next_price(MONTHLY, schedule) is None


def test_stays_to_the_end_of_its_own_period_when_the_plan_ends_before() -> None:
    assert paid_end(MONTHLY, at(2, 10)) == at(2, 28)
    assert paid_end(MONTHLY, at(2, 28)) == at(2, 28)


def test_renews_while_the_plan_still_runs_and_keeps_its_anchor() -> None:
    assert paid_end(MONTHLY, at(3, 1)) == at(3, 31)
    assert paid_end(MONTHLY, at(3, 31)) == at(3, 31)
    assert paid_end(MONTHLY, at(4, 1)) == at(4, 30)
    yearly = replace(MONTHLY, interval="year", period_end=at(1, 31, 2028))
    assert paid_end(yearly, at(2, 1, 2028)) == at(1, 31, 2029)
