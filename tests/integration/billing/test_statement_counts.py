"""What limits and usage cost the database: the same whatever is declared and stored."""

from collections.abc import Iterator, Mapping, Sequence
from time import monotonic
from typing import Any

import pytest
from sqlalchemy import ColumnElement, String, cast, insert, literal, select
from sqlalchemy.orm import Session

from app.contracts.features import (
    FeatureDeclaration,
    FeatureProviderProtocol,
    FeatureType,
    UsageRow,
    Window,
    feature_providers,
    gate,
)
from app.contracts.tenants import Owner
from app.kit.clocks import business_now
from app.kit.db import Database, unit_of_work
from app.modules.billing.services.feature_service import FeatureAggregatorService
from app.modules.billing.services.tables import tables
from app.modules.billing.services.usage_service import UsageService
from app.modules.catalog.models import Product
from tests.factories.billing import a_subscription, shipped_tiers
from tests.factories.catalog import a_product
from tests.factories.tenancy import AShop, a_shop
from tests.integration.queries import counted_statements

PRODUCTS = "max_products"


class Toy:
    """A module with any number of features."""

    def __init__(self, number: int) -> None:
        self._declarations = [
            FeatureDeclaration(
                code=f"toy_{index}",
                name_key=f"toy.{index}",
                description_key=f"toy.{index}",
                category="toy",
                feature_type=FeatureType.QUANTITATIVE if index % 2 else FeatureType.BINARY,
            )
            for index in range(number)
        ]

    def declare(self) -> Sequence[FeatureDeclaration]:
        """Return them all."""
        return self._declarations

    def get_current_usage(
        self, db: Session, merchant_id: int, platform_id: int, windows: Mapping[str, Window]
    ) -> dict[str, int]:
        """Everything is counted."""
        return {}

    def count_true_usage(
        self,
        db: Session,
        platform_id: int,
        merchant_ids: Sequence[int] | None,
        windows: Mapping[int, Window],
    ) -> list[UsageRow]:
        """There are no rows."""
        return []


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


def connect_toy(number: int) -> None:
    """Put a toy module beside the present ones."""
    own: list[FeatureProviderProtocol] = [*feature_providers(), Toy(number)]
    feature_providers.connect(own)
    tables().forget_all()


def add_products(shop: AShop, prefix: str, number: int) -> None:
    """Add many products at once, counted as every product is."""
    first = select(literal(1).label("n")).cte("numbers", recursive=True)
    numbers = first.union_all(select(first.c.n + 1).where(first.c.n < number))
    now = business_now()
    columns: dict[str, ColumnElement[Any]] = {
        "merchant_id": literal(shop.merchant_id),
        "platform_id": literal(shop.platform_id),
        "store_id": literal(shop.store_id),
        "name": literal("Riesling"),
        "sku": literal(prefix).concat(cast(numbers.c.n, String)),
        "description": literal(""),
        "price_cents": literal(100),
        "currency": literal("EUR"),
        "is_active": literal(True),
        "image_media_ids": literal([], Product.image_media_ids.type),
        "version": literal(1),
        "created_at": literal(now, Product.created_at.type),
        "updated_at": literal(now, Product.updated_at.type),
        "deleted_with_store": literal(False),
    }
    with unit_of_work() as work:
        work.session.execute(insert(Product).from_select(list(columns), select(*columns.values())))
        gate().record(work, shop.owner, {PRODUCTS: number})


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
