"""What the calendar makes of subscriptions that operators bill (D40)."""

from datetime import UTC, datetime, timedelta

from app.kit.clocks import SettableClock
from app.kit.db import unit_of_work
from app.modules.billing.models import (
    MerchantSubscription,
    SubscriptionChange,
    SubscriptionStatus,
    UsageCounter,
)
from tests.factories.billing import a_subscription
from tests.factories.orders import an_order
from tests.factories.tenancy import AShop
from tests.integration.billing.lifecycle.conftest import NOW, ReadMails, Row, RunJob

JOB = "reset_period_counters"
ORDERS = "max_orders_per_month"


def windows_of(shop: AShop) -> dict[datetime, int]:
    with unit_of_work(read_only=True) as work:
        rows = work.session.query(UsageCounter).filter_by(
            merchant_id=shop.merchant_id, feature_code=ORDERS
        )
        return {row.window_start: row.used for row in rows}


def change(subscription_id: int, **values: object) -> None:
    with unit_of_work() as work:
        row = work.session.get_one(MerchantSubscription, subscription_id)
        for name, value in values.items():
            setattr(row, name, value)


def test_it_passes_over_three_missed_months_and_keeps_the_31st(
    shop: AShop, clock: SettableClock, row: Row, run_job: RunJob
) -> None:
    change(a_subscription(shop.owner), period_end=datetime(2026, 2, 28, 9, tzinfo=UTC))
    clock.at = datetime(2026, 5, 30, 12, tzinfo=UTC)
    assert run_job(JOB)["periods"] == 1
    assert row().period_start == datetime(2026, 4, 30, 9, tzinfo=UTC)
    assert row().period_end == datetime(2026, 5, 31, 9, tzinfo=UTC)
    assert row().usage_anchor == NOW
    assert run_job(JOB) == {"ended": 0, "periods": 0, "windows": 0, "pruned": 0}


def test_it_leaves_what_stripe_bills_to_stripe(
    shop: AShop, clock: SettableClock, row: Row, run_job: RunJob
) -> None:
    end = NOW + timedelta(days=28)
    subscription = a_subscription(shop.owner)
    change(subscription, period_end=end, billing_source="stripe", stripe_subscription_id="sub_1")
    clock.at = NOW + timedelta(days=90)
    assert run_job(JOB)["periods"] == 0
    assert (row().period_end, row().status) == (end, SubscriptionStatus.ACTIVE)


def test_it_ends_a_plan_whose_end_was_scheduled_and_tells_its_owner_once(
    shop: AShop, clock: SettableClock, row: Row, run_job: RunJob, read_mails: ReadMails
) -> None:
    end = NOW + timedelta(days=28)
    change(a_subscription(shop.owner), period_end=end, cancel_at=end)
    clock.at = end - timedelta(seconds=1)
    assert run_job(JOB)["ended"] == 0
    clock.at = end
    assert run_job(JOB)["ended"] == 1
    assert run_job(JOB)["ended"] == 0
    ended = row()
    assert (ended.status, ended.cancelled_at, ended.cancel_at) == ("cancelled", end, None)
    assert ended.arr_cents == 0
    with unit_of_work(read_only=True) as work:
        [change_row] = work.session.query(SubscriptionChange)
        assert (change_row.before or {})["status"] == "active"
        assert change_row.after["status"] == "cancelled"
        assert (change_row.arr_cents_before, change_row.arr_cents_after) == (4900 * 12, 0)
    assert read_mails() == ["Your subscription on Platform has ended"]


def test_it_opens_a_new_window_and_never_sets_a_live_one_back(
    shop: AShop, clock: SettableClock, run_job: RunJob
) -> None:
    a_subscription(shop.owner)
    an_order(shop)
    assert windows_of(shop) == {NOW: 1}
    run_job(JOB)
    assert windows_of(shop) == {NOW: 1}
    february = datetime(2026, 2, 28, 9, tzinfo=UTC)
    clock.at = february
    assert run_job(JOB)["windows"] == 1
    assert windows_of(shop) == {NOW: 1, february: 0}
    an_order(shop)
    assert run_job(JOB)["windows"] == 0
    assert windows_of(shop) == {NOW: 1, february: 1}


def test_it_begins_a_missing_counter_with_what_the_rows_say(
    shop: AShop, clock: SettableClock, run_job: RunJob
) -> None:
    a_subscription(shop.owner)
    an_order(shop)
    with unit_of_work() as work:
        work.session.query(UsageCounter).delete()
    assert run_job(JOB)["windows"] == 1
    assert windows_of(shop) == {NOW: 1}


def test_it_forgets_windows_after_thirteen_months_and_keeps_what_never_resets(
    shop: AShop, clock: SettableClock, run_job: RunJob
) -> None:
    a_subscription(shop.owner)
    an_order(shop)
    clock.at = datetime(2027, 2, 28, 9, tzinfo=UTC)
    assert run_job(JOB)["pruned"] == 0
    clock.at = datetime(2027, 3, 1, 9, tzinfo=UTC)
    assert run_job(JOB)["pruned"] == 1
    assert NOW not in windows_of(shop)
