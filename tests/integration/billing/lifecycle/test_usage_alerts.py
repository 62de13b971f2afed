"""Owners hear of limits that fill up, once in each window and threshold (D13)."""

from datetime import timedelta

from app.kit.clocks import SettableClock
from app.kit.db import unit_of_work
from app.modules.billing.models import UsageAlert
from tests.factories.billing import a_subscription, an_override
from tests.factories.bulk import add_orders
from tests.factories.tenancy import AShop
from tests.integration.billing.lifecycle.conftest import ReadMails, RunJob

JOB = "alert_usage"
APPROACHING, REACHED = (
    "You are approaching a limit on Platform",
    "You have reached a limit on Platform",
)


def thresholds() -> list[int]:
    with unit_of_work(read_only=True) as work:
        return sorted(row.threshold for row in work.session.query(UsageAlert))


def test_it_tells_each_threshold_once(shop: AShop, run_job: RunJob, read_mails: ReadMails) -> None:
    a_subscription(shop.owner)  # 100 orders a month
    orders, told = 0, []
    for number in (69, 1, 19, 1, 9, 1, 5):
        add_orders(shop, f"o{orders}.", number, after=orders)
        orders += number
        told.append(run_job(JOB)["told"] + run_job(JOB)["told"])
    assert told == [0, 1, 0, 1, 0, 1, 0]
    assert read_mails() == [APPROACHING, APPROACHING, REACHED]


def test_it_tells_the_highest_alone_where_several_were_passed_at_once(
    shop: AShop, run_job: RunJob, read_mails: ReadMails
) -> None:
    a_subscription(shop.owner)
    add_orders(shop, "o", 95, after=0)
    assert run_job(JOB) == {"told": 1}
    assert read_mails() == [APPROACHING]
    assert thresholds() == [70, 90]


def test_it_tells_anew_in_the_next_window(
    shop: AShop, clock: SettableClock, run_job: RunJob, read_mails: ReadMails
) -> None:
    a_subscription(shop.owner)
    add_orders(shop, "o", 75, after=0)
    run_job(JOB)
    clock.advance(timedelta(days=31))
    assert run_job(JOB) == {"told": 0}
    add_orders(shop, "p", 75, after=75)
    assert run_job(JOB) == {"told": 1}
    assert read_mails() == [APPROACHING, APPROACHING]


def test_it_measures_by_the_limit_that_holds(
    shop: AShop, run_job: RunJob, read_mails: ReadMails
) -> None:
    a_subscription(shop.owner)
    add_orders(shop, "o", 95, after=0)
    an_override(shop.owner, "max_orders_per_month", 1000)
    assert run_job(JOB) == {"told": 0}
    an_override(shop.owner, "max_products", None)
    assert run_job(JOB) == {"told": 0}
    assert read_mails() == []
