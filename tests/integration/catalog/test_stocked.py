"""What a store's first page says of its products."""

import pytest

from app.kit.db import unit_of_work
from app.modules.catalog.models import Product
from app.modules.catalog.repositories import figures
from tests.factories.catalog import a_product
from tests.factories.tenancy import AShop
from tests.integration.browser import Visitor
from tests.integration.stat_cards import stat_card


def card(visitor: Visitor, shop: AShop) -> list[str]:
    """Figure and remark of the card."""
    return stat_card(visitor.get(f"/store/{shop.store_code}?lang=en").text, "Products")


def take_off_sale(product_id: int) -> None:
    with unit_of_work() as work:
        work.session.get_one(Product, product_id).is_active = False


def test_it_says_what_to_do_where_there_is_none(owner: Visitor, shop: AShop) -> None:
    assert card(owner, shop) == ["0", "Add your first product"]


def test_it_tells_how_many_are_on_sale(owner: Visitor, shop: AShop) -> None:
    a_product(shop)
    take_off_sale(a_product(shop))
    assert card(owner, shop) == ["2", "On sale: 1"]


def test_it_stops_counting_where_there_are_very_many(
    owner: Visitor, shop: AShop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(figures, "MOST_COUNTED", 2)
    for _ in range(2):
        a_product(shop)
    assert card(owner, shop) == ["2", "On sale: 2"]
    a_product(shop)
    assert card(owner, shop) == ["more than 2"]
