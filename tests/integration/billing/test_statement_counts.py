"""What limits and usage cost the database: the same whatever is declared and stored."""

from collections.abc import Iterator
from time import monotonic

import pytest

from app.contracts.features import feature_providers, gate
from app.contracts.tenants import Owner
from app.kit.db import Database, unit_of_work
from app.modules.billing.services.feature_service import FeatureAggregatorService
from app.modules.billing.services.tables import tables
from app.modules.billing.services.usage_service import UsageService
from app.modules.catalog.models import Product
from tests.factories.billing import a_subscription, shipped_tiers
from tests.factories.bulk import add_products
from tests.factories.catalog import a_product
from tests.factories.tenancy import AShop, a_shop
from tests.factories.toy_features import connect_toy
from tests.integration.queries import counted_statements

PRODUCTS = "max_products"


@pytest.fixture
def shop(database: Database) -> Iterator[AShop]:
    """A merchant with a product; other modules may be connected meanwhile."""
    connected = feature_providers()
    shop = a_shop()
    shipped_tiers(shop.platform_id)
    a_subscription(shop.owner, "enterprise")
    a_product(shop)
    yield shop
    feature_providers.connect(connected)
    tables().forget_all()
    tables().vouch(0.0)


def statements_to_reserve(owner: Owner) -> int:
    """Take a unit where all is known."""
    gate().check(owner, PRODUCTS)
    with unit_of_work() as work, counted_statements() as statements:
        gate().reserve(work, owner, {PRODUCTS: 1})
    return len(statements)


def statements_to_check(owner: Owner) -> int:
    """Ask for a feature with nothing known."""
    tables().forget_all()
    with counted_statements() as statements:
        gate().check(owner, PRODUCTS)
    return len(statements)


def statements_of_usage(owner: Owner) -> int:
    """Read the whole usage page and all summaries, with nothing known."""
    tables().forget_all()
    with counted_statements() as statements:
        UsageService().get_metrics(owner)
        FeatureAggregatorService().get_summaries(owner)
    return len(statements)


def costs(owner: Owner) -> tuple[int, int, int]:
    """Count the statements of all three, while somebody else keeps the tables true."""
    tables().vouch(monotonic() + 60)
    return statements_to_reserve(owner), statements_to_check(owner), statements_of_usage(owner)


def test_it_takes_a_unit_by_a_single_statement_when_all_is_known(shop: AShop) -> None:
    assert costs(shop.owner)[0] == 1


def test_it_costs_the_same_for_three_and_for_three_hundred_features(shop: AShop) -> None:
    before = feature_providers()
    connect_toy(3)
    few = costs(shop.owner)
    assert len(FeatureAggregatorService().get_summaries(shop.owner)) == 33
    feature_providers.connect(before)
    connect_toy(300)
    assert len(FeatureAggregatorService().get_summaries(shop.owner)) == 330
    assert costs(shop.owner) == few


def test_it_costs_the_same_for_ten_and_for_a_hundred_thousand_products(shop: AShop) -> None:
    add_products(shop, "few-", 10)
    few = costs(shop.owner)
    add_products(shop, "many-", 100_000)
    assert costs(shop.owner) == few
    with unit_of_work(read_only=True) as work:
        assert work.session.query(Product).count() == 100_011
