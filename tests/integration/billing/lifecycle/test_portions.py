"""The daily run reaches everybody, however few it looks for and takes at once."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from app.kit.clocks import SettableClock
from app.kit.db import unit_of_work
from app.kit.jobs import JobRun, More
from app.modules.billing.models import MerchantSubscription, UsageCounter
from app.modules.billing.services.lifecycle import awaiting
from app.modules.billing.tasks import subscription
from tests.factories.billing import a_subscription
from tests.factories.tenancy import AShop, a_shop
from tests.integration.billing.lifecycle.conftest import NOW, RunJob

SHOPS = 6
END = NOW + timedelta(days=28)


@pytest.fixture(params=[(1, 1), (2, 2), (3, 2), (4, 3), (7, 2), (6, 9)])
def _portions(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    looked_for, taken = request.param
    monkeypatch.setattr(awaiting, "FOUND_AT_ONCE", looked_for)
    monkeypatch.setattr(subscription, "AT_ONCE", taken)


@pytest.fixture
def _due(shop: AShop, clock: SettableClock) -> None:
    for one in [shop, *(a_shop(shop.platform_id) for _ in range(SHOPS - 1))]:
        a_subscription(one.owner)
    with unit_of_work() as work:
        work.session.execute(update(MerchantSubscription).values(period_end=END))
    clock.at = END


@pytest.mark.usefixtures("_portions", "_due")
def test_it_reaches_everybody_once(run_job: RunJob) -> None:
    done = {"ended": 0, "periods": SHOPS, "windows": SHOPS, "pruned": 0}
    assert run_job("reset_period_counters") == done
    assert_everybody_was_reached()


@pytest.mark.usefixtures("_portions", "_due")
def test_it_goes_on_from_the_cursor_that_is_kept() -> None:
    cursor = None
    while True:
        with unit_of_work() as work:
            answer = subscription.reset_period_counters(work, JobRun("test", END, cursor))
        if not isinstance(answer, More):
            break
        cursor = json.loads(json.dumps(answer.cursor))
    assert_everybody_was_reached()


def assert_everybody_was_reached() -> None:
    with unit_of_work(read_only=True) as work:
        starts = work.session.scalars(select(MerchantSubscription.period_start)).all()
        assert starts == [END] * SHOPS
        assert work.session.scalar(select(func.count()).select_from(UsageCounter)) == SHOPS
