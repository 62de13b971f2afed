"""The end of local trials, and what their owners hear before (D11, D40)."""

from datetime import timedelta

from app.kit.clocks import SettableClock
from app.kit.db import unit_of_work
from app.modules.billing.models import BillingSource, MerchantSubscription, SubscriptionStatus
from tests.factories.billing import a_subscription
from tests.factories.tenancy import AShop
from tests.integration.billing.lifecycle.conftest import NOW, ReadMails, Row, RunJob

END = NOW + timedelta(days=30)
ENDS_SOON, ENDED = "Your trial on Platform ends soon", "Your trial on Platform has ended"


def a_trial(shop: AShop, **values: object) -> None:
    trial = a_subscription(
        shop.owner,
        status=SubscriptionStatus.TRIAL,
        source=BillingSource.TRIAL,
        trial_ends_at=END,
    )
    with unit_of_work() as work:
        row = work.session.get_one(MerchantSubscription, trial)
        for name, value in values.items():
            setattr(row, name, value)


def test_it_expires_a_trial_that_is_over(
    shop: AShop, clock: SettableClock, row: Row, run_job: RunJob, read_mails: ReadMails
) -> None:
    a_trial(shop)
    clock.at = END - timedelta(seconds=1)
    assert run_job("check_trial_expirations") == {"expired": 0}
    clock.at = END
    assert run_job("check_trial_expirations") == {"expired": 1}
    assert run_job("check_trial_expirations") == {"expired": 0}
    assert (row().status, row().cancelled_at) == (SubscriptionStatus.EXPIRED, END)
    assert read_mails() == [ENDED]


def test_it_leaves_trials_with_a_payment_method_and_those_at_stripe(
    shop: AShop, clock: SettableClock, row: Row, run_job: RunJob, read_mails: ReadMails
) -> None:
    a_trial(shop, stripe_subscription_id="sub_1", has_payment_method=False)
    clock.at = END + timedelta(days=1)
    assert run_job("check_trial_expirations") == {"expired": 0}
    trial = row().id
    with unit_of_work() as work:
        held = work.session.get_one(MerchantSubscription, trial)
        held.stripe_subscription_id, held.has_payment_method = None, True
    assert run_job("check_trial_expirations") == {"expired": 0}
    assert row().status == SubscriptionStatus.TRIAL
    assert read_mails() == []


def test_it_cancels_a_trial_that_its_owner_had_cancelled(
    shop: AShop, clock: SettableClock, row: Row, run_job: RunJob
) -> None:
    a_trial(shop, cancel_at=END)
    clock.at = END
    assert run_job("check_trial_expirations") == {"expired": 1}
    assert (row().status, row().cancel_at) == (SubscriptionStatus.CANCELLED, None)


def test_it_tells_of_the_end_seven_three_and_one_days_ahead(
    shop: AShop, clock: SettableClock, run_job: RunJob, read_mails: ReadMails
) -> None:
    a_trial(shop)
    counts = []
    for days_left in (8, 7, 6, 3, 2, 1, 0):
        clock.at = END - timedelta(days=days_left)
        run_job("tell_ending_trials")
        run_job("tell_ending_trials")
        counts.append(len(read_mails()))
    assert counts == [0, 1, 1, 2, 2, 3, 3]
    assert set(read_mails()) == {ENDS_SOON}
