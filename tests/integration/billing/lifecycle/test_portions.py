"""The daily run reaches everybody, however few it looks for and takes at once."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from app.kit.clocks import SettableClock
from app.kit.db import unit_of_work
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


@pytest.mark.usefixtures("_portions")
def test_it_reaches_everybody_once(shop: AShop, clock: SettableClock, run_job: RunJob) -> None:
    for one in [shop, *(a_shop(shop.platform_id) for _ in range(SHOPS - 1))]:
        a_subscription(one.owner)
    with unit_of_work() as work:
        work.session.execute(update(MerchantSubscription).values(period_end=END))
    clock.at = END
    assert run_job("reset_period_counters") == {
        "ended": 0,
        "periods": SHOPS,
        "windows": SHOPS,
        "pruned": 0,
    }
    with unit_of_work(read_only=True) as work:
        starts = work.session.scalars(select(MerchantSubscription.period_start)).all()
        assert starts == [END] * SHOPS
        assert work.session.scalar(select(func.count()).select_from(UsageCounter)) == SHOPS
