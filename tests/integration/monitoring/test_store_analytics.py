"""A store's analytics: its days, what the plan opens, and what is expected."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import update

from app.kit.clocks import business_now
from app.kit.db import Database, unit_of_work
from app.modules.orders.models import Order, OrderStatus
from tests.factories.billing import a_subscription, shipped_tiers
from tests.factories.catalog import a_product
from tests.factories.orders import an_order
from tests.factories.tenancy import AShop, a_shop
from tests.integration.browser import Visitor

URL = "/api/v1/store/analytics"


def a_store(tier: str) -> AShop:
    shop = a_shop()
    shipped_tiers(shop.platform_id)
    a_subscription(shop.owner, tier)
    return shop


def series(owner: Visitor, days: int = 30) -> dict[str, Any]:
    answer = owner.get(f"{URL}?days={days}")
    assert answer.status_code == 200, answer.text
    return {one["code"]: one for one in answer.json()["series"]}


@pytest.fixture
def shop(database: Database) -> AShop:
    return a_store("essential")


@pytest.fixture
def owner(visitor: Callable[[], Visitor], shop: AShop) -> Visitor:
    return visitor().sign_in(shop.owner_email)


def test_each_day_has_its_orders_sales_and_new_products(owner: Visitor, shop: AShop) -> None:
    a_product(shop)
    an_order(shop)
    old = an_order(shop)
    gone = an_order(shop)
    with unit_of_work() as work:
        work.session.execute(
            update(Order)
            .where(Order.id == old)
            .values(created_at=business_now() - timedelta(days=3), total_cents=700)
        )
        work.session.execute(
            update(Order).where(Order.id == gone).values(status=OrderStatus.CANCELLED)
        )
    found = series(owner)
    assert (found["orders"]["values"][-4:], found["orders"]["total"]) == ([1, 0, 0, 1], 2)
    assert found["sales"]["values"][-4] == 700
    assert found["sales"]["unit"] == "cents"
    assert found["products_added"]["values"][-1] == 1
    assert len(found["orders"]["values"]) == 30


def test_more_than_thirty_days_need_a_higher_plan(
    visitor: Callable[[], Visitor], owner: Visitor
) -> None:
    refused = owner.get(f"{URL}?days=31")
    assert (refused.status_code, refused.json()["error_code"]) == (403, "feature_not_available")
    richer = visitor().sign_in(a_store("professional").owner_email)
    assert len(series(richer, 90)["orders"]["values"]) == 90


def test_the_forecast_comes_with_the_plan_that_has_it(
    visitor: Callable[[], Visitor], owner: Visitor
) -> None:
    assert series(owner)["orders"]["expected"] == []
    shop = a_store("business")
    for day in range(40):
        ordered(shop, days_ago=day)
    found = series(visitor().sign_in(shop.owner_email))
    assert (found["orders"]["total"], len(found["orders"]["values"])) == (30, 30)
    assert found["orders"]["expected"] == [1] * 14
    assert found["products_added"]["expected"] == []  # nothing to learn from


def ordered(shop: AShop, *, days_ago: int) -> None:
    order_id = an_order(shop)
    at = business_now() - timedelta(days=days_ago)
    with unit_of_work() as work:
        work.session.execute(update(Order).where(Order.id == order_id).values(created_at=at))


def test_a_forecast_learns_from_more_days_than_are_shown(visitor: Callable[[], Visitor]) -> None:
    shop = a_store("business")
    for day in range(1, 60):
        for _ in range(1 + day % 3):
            ordered(shop, days_ago=day)
    accuracy = series(visitor().sign_in(shop.owner_email), 7)["orders"]["accuracy"]
    assert accuracy["points"] > 20
