"""The page of a merchant's exceptions, with a plan and without one."""

from collections.abc import Callable

import pytest

from app.kit.db import Database
from tests.factories.billing import a_subscription, shipped_tiers
from tests.factories.tenancy import AShop, a_platform, a_platform_admin, a_shop
from tests.integration.browser import Visitor

EMPTY = "No subscription yet"


@pytest.fixture
def shop(database: Database) -> AShop:
    shop = a_shop()
    shipped_tiers(shop.platform_id)
    return shop


def page_of(admin: Visitor, shop: AShop, query: str = "") -> tuple[int, str]:
    address = f"/admin/merchants/{shop.merchant_id}/features{query}"
    answer = admin.get(address, headers={"Accept": "text/html"})
    return answer.status_code, answer.text


def test_it_says_what_is_missing_where_no_plan_is(admin: Visitor, shop: AShop) -> None:
    status, text = page_of(admin, shop)
    assert status == 200
    assert EMPTY in text
    assert "overrides.js" not in text


def test_it_is_the_editor_where_there_is_a_plan(admin: Visitor, shop: AShop) -> None:
    a_subscription(shop.owner)
    status, text = page_of(admin, shop)
    assert status == 200
    assert EMPTY not in text
    assert "overrides.js" in text


def test_it_says_so_of_a_platform_where_the_merchant_has_none(admin: Visitor, shop: AShop) -> None:
    a_subscription(shop.owner)
    status, text = page_of(admin, shop, f"?platform_id={a_platform()}")
    assert status == 200
    assert EMPTY in text


def test_a_foreign_merchant_is_not_there(visitor: Callable[[], Visitor], shop: AShop) -> None:
    foreign = visitor().sign_in(a_platform_admin(a_platform()))
    assert page_of(foreign, shop)[0] == 404
