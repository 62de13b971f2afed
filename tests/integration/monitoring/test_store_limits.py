"""When a merchant's limits are reached at the present pace (D4, D34)."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from app.contracts.tenants import Owner
from app.kit.calendar import local_date, local_day_bounds
from app.kit.clocks import business_now
from app.kit.db import Database, unit_of_work
from app.modules.billing.models import UsageCounter
from app.modules.catalog.features import CatalogFeatures
from app.modules.catalog.models import Product
from app.modules.media.models import MediaFile, MediaKind
from app.modules.orders.models import Order, OrderSource
from app.modules.tenancy.public import platform_timezone
from tests.factories.billing import a_subscription, an_override, shipped_tiers
from tests.factories.tenancy import AShop, a_shop
from tests.integration.browser import Visitor
from tests.integration.queries import counted_queries

URL = "/api/v1/store/analytics/limits"
DAYS = 20


def a_merchant(tier: str = "business") -> AShop:
    shop = a_shop()
    shipped_tiers(shop.platform_id)
    a_subscription(shop.owner, tier, usage_anchor=business_now() - timedelta(days=9, hours=1))
    return shop


@pytest.fixture
def shop(database: Database) -> AShop:
    return a_merchant()


@pytest.fixture
def owner(visitor: Callable[[], Visitor], shop: AShop) -> Visitor:
    return visitor().sign_in(shop.owner_email)


def told(owner: Visitor) -> dict[str, dict[str, Any]]:
    answer = owner.get(URL)
    assert answer.status_code == 200, answer.text
    return {one["feature_code"]: one for one in answer.json()["limits"]}


def in_days(days: int) -> str:
    return (business_now() + timedelta(days=days)).date().isoformat()


def products(shop: AShop, *, a_day: int, deleted: int = 0) -> None:
    """Add so many a day over twenty days, today included; of each day some are deleted again."""
    now = business_now()
    with unit_of_work() as work:
        for day in range(DAYS):
            for number in range(a_day):
                at = now - timedelta(days=day)
                work.session.add(
                    Product(
                        merchant_id=shop.merchant_id,
                        platform_id=shop.platform_id,
                        store_id=shop.store_id,
                        name="Riesling",
                        sku=f"{day}-{number}",
                        price_cents=1250,
                        currency="EUR",
                        created_at=at,
                        updated_at=at,
                        deleted_at=at if number < deleted else None,
                    )
                )


def orders(shop: AShop, *, a_day: int) -> None:
    now = business_now()
    with unit_of_work() as work:
        for number in range(DAYS * a_day):
            work.session.add(
                Order(
                    merchant_id=shop.merchant_id,
                    platform_id=shop.platform_id,
                    store_id=shop.store_id,
                    number=number + 1,
                    source=OrderSource.MANUAL,
                    customer_name="Anne Weber",
                    customer_email="anne@example.test",
                    lines=[],
                    total_cents=1250,
                    currency="EUR",
                    created_at=now - timedelta(days=number // a_day),
                )
            )


def test_products_that_come_two_a_day_reach_the_limit_in_thirty_days(
    owner: Visitor, shop: AShop
) -> None:
    an_override(shop.owner, "max_products", 100)
    products(shop, a_day=3, deleted=1)
    assert told(owner)["max_products"] == {
        "feature_code": "max_products",
        "name": "Products",
        "current": 40,
        "limit": 100,
        "limit_reached_on": in_days(30),
        "insufficient_data": False,
        "accuracy": None,
    }


@pytest.mark.parametrize(("limit", "days"), [(75, 5), (500, None)])
def test_orders_reach_the_limit_within_their_month_or_never(
    owner: Visitor, shop: AShop, limit: int, days: int | None
) -> None:
    orders(shop, a_day=5)
    an_override(shop.owner, "max_orders_per_month", limit)
    found = told(owner)["max_orders_per_month"]
    assert found["current"] == 50  # since the month began
    assert found["limit_reached_on"] == (None if days is None else in_days(days))
    assert found["insufficient_data"] is False


def test_requests_reach_the_limit_on_the_day_that_passes_it(owner: Visitor, shop: AShop) -> None:
    an_override(shop.owner, "max_api_requests_per_day", 230)
    requests(shop.owner, [10 * day for day in range(1, DAYS + 1)])
    assert told(owner)["max_api_requests_per_day"]["limit_reached_on"] == in_days(3)


def requests(owner: Owner, days: list[int]) -> None:
    """Let so many have come on each of the last days, today last."""
    with unit_of_work() as work:
        zone = ZoneInfo(platform_timezone(work.session, owner.platform_id))
        today = local_date(business_now(), zone)
        for back, used in enumerate(reversed(days)):
            work.session.add(
                UsageCounter(
                    merchant_id=owner.merchant_id,
                    platform_id=owner.platform_id,
                    feature_code="max_api_requests_per_day",
                    window_start=local_day_bounds(today - timedelta(days=back), zone).start,
                    used=used,
                )
            )


def test_files_reach_the_limit_by_the_megabytes_that_they_take(owner: Visitor, shop: AShop) -> None:
    an_override(shop.owner, "max_storage_mb", 50)
    now = business_now()
    with unit_of_work() as work:
        for day in range(DAYS):
            work.session.add(
                MediaFile(
                    merchant_id=shop.merchant_id,
                    platform_id=shop.platform_id,
                    store_id=shop.store_id,
                    name="label.png",
                    kind=MediaKind.IMAGE,
                    content_hash=str(day),
                    byte_size=1_000_000,
                    created_at=now - timedelta(days=day),
                )
            )
    found = told(owner)["max_storage_mb"]
    assert (found["current"], found["limit_reached_on"]) == (DAYS, in_days(50 - DAYS))


def test_from_a_few_days_nothing_is_foretold(owner: Visitor) -> None:
    stores = told(owner)["max_stores"]  # one, opened today
    assert (stores["current"], stores["limit_reached_on"]) == (1, None)
    assert stores["insufficient_data"] is True


def test_unlimited_and_closed_features_have_no_outlook(owner: Visitor) -> None:
    assert "max_products" not in told(owner)  # unlimited in Business
    assert "max_images_per_product" not in told(owner)


def test_it_needs_the_plan_that_has_forecasts(visitor: Callable[[], Visitor], shop: AShop) -> None:
    refused = visitor().sign_in(a_merchant("professional").owner_email).get(URL)
    assert (refused.status_code, refused.json()["error_code"]) == (403, "feature_not_available")
    assert refused.json()["params"]["upgrade_to"]["code"] == "business"


def test_a_module_that_fails_leaves_the_others_told(
    owner: Visitor, shop: AShop, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError

    an_override(shop.owner, "max_products", 100)
    monkeypatch.setattr(CatalogFeatures, "usage_history", broken)
    found = told(owner)
    assert "max_products" not in found
    assert "max_orders_per_month" in found


def test_the_statements_do_not_depend_on_the_rows(owner: Visitor, shop: AShop) -> None:
    an_override(shop.owner, "max_products", 1000)
    told(owner)

    def statements() -> int:
        with counted_queries() as counted:
            told(owner)
        return sum("products" in one and " AS span" in one for one in counted)

    assert statements() == 2  # what came, what went
    products(shop, a_day=2)
    assert statements() == 2
