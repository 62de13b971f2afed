"""Our clock past a boundary never locks out a payer while Stripe is late (D11)."""

from datetime import timedelta

import pytest

from app.kit.clocks import SettableClock
from app.kit.db import unit_of_work
from app.modules.billing.models import BillingSource, MerchantSubscription, StripeSync
from tests.factories.billing import a_subscription
from tests.factories.tenancy import AShop, a_super_admin
from tests.integration.billing.lifecycle.conftest import NOW, ReadMails, Row, RunJob

JOB = "chase_late_renewals"
END = NOW + timedelta(days=30)


@pytest.fixture
def at_stripe(shop: AShop) -> None:
    subscription = a_subscription(shop.owner, source=BillingSource.STRIPE)
    with unit_of_work() as work:
        row = work.session.get_one(MerchantSubscription, subscription)
        row.stripe_subscription_id = "sub_1"


def wishes() -> int:
    with unit_of_work(read_only=True) as work:
        found = work.session.get(StripeSync, "sub_1")
        return found.wanted if found else 0


@pytest.mark.usefixtures("at_stripe")
def test_it_asks_after_a_quarter_of_an_hour(clock: SettableClock, run_job: RunJob) -> None:
    clock.at = END + timedelta(minutes=15)
    assert run_job(JOB) == {"asked": 0, "told": 0}
    clock.at = END + timedelta(minutes=16)
    assert run_job(JOB) == {"asked": 1, "told": 0}
    assert wishes() == 1


@pytest.mark.usefixtures("at_stripe")
def test_it_tells_an_operator_once_after_two_days_and_changes_nothing(
    clock: SettableClock, row: Row, run_job: RunJob, read_mails: ReadMails
) -> None:
    a_super_admin()
    clock.at = END + timedelta(hours=49)
    assert run_job(JOB) == {"asked": 1, "told": 1}
    assert run_job(JOB) == {"asked": 1, "told": 0}
    assert read_mails() == ["For two days Stripe has not reported how a subscription continues"]
    assert (row().status, row().period_end) == ("active", END)
