"""Recounting: counters that lie are found and corrected, true ones stay."""

import pytest

from app.kit.db import Database, unit_of_work
from app.modules.billing.models import UsageCounter
from app.modules.billing.services.reconcile import Drift, reconcile
from app.modules.billing.services.windows import EPOCH
from app.modules.catalog.services.create_product import create_product
from app.modules.catalog.services.product_draft import ProductDraft
from app.modules.tenancy.repositories.stores import find_store_by_code
from tests.factories.billing import a_subscription, shipped_tiers
from tests.factories.tenancy import AShop, a_platform, a_shop


@pytest.fixture
def shop(database: Database) -> AShop:
    """A merchant with three products and a true counter."""
    shop = a_shop()
    shipped_tiers(shop.platform_id)
    a_subscription(shop.owner, "essential")
    for number in range(3):
        with unit_of_work() as work:
            store = find_store_by_code(work.session, shop.store_code)
            assert store is not None
            create_product(work, store, draft=ProductDraft(f"p{number}", f"p{number}", 100))
    return shop


def set_counter(shop: AShop, used: int) -> None:
    with unit_of_work() as work:
        work.session.get_one(
            UsageCounter, (shop.merchant_id, shop.platform_id, "max_products", EPOCH)
        ).used = used


def counter(shop: AShop) -> int:
    with unit_of_work(read_only=True) as work:
        return work.session.get_one(
            UsageCounter, (shop.merchant_id, shop.platform_id, "max_products", EPOCH)
        ).used


def test_it_finds_nothing_where_counters_are_true(shop: AShop) -> None:
    steps = list(reconcile())
    assert [(step.merchants, step.drifts) for step in steps] == [(1, [])]
    assert counter(shop) == 3


def test_it_reports_and_corrects_a_counter_that_drifted(shop: AShop) -> None:
    set_counter(shop, 5)
    drifts = [drift for step in reconcile() for drift in step.drifts]
    assert drifts == [Drift(shop.merchant_id, shop.platform_id, "max_products", 5, 3)]
    assert counter(shop) == 3
    assert [step.drifts for step in reconcile()] == [[]]


def test_it_begins_missing_counters_without_calling_that_drift(shop: AShop) -> None:
    with unit_of_work() as work:
        work.session.query(UsageCounter).delete()
    assert [step.drifts for step in reconcile()] == [[]]
    assert counter(shop) == 3


def test_it_leaves_other_platforms_alone(shop: AShop) -> None:
    set_counter(shop, 9)
    assert [step.merchants for step in reconcile([a_platform()])] == [0]
    assert counter(shop) == 9
