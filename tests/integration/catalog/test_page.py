"""The page of a store's products."""

import pytest

from tests.factories.tenancy import AShop, a_shop
from tests.integration.browser import Visitor


@pytest.mark.parametrize("locale", ["de", "en", "fr", "lb"])
def test_it_shows_the_list_in_every_language(owner: Visitor, shop: AShop, locale: str) -> None:
    page = owner.get(f"/store/{shop.store_code}/products?lang={locale}")
    assert page.status_code == 200
    title = {"de": "Produkte", "en": "Products", "fr": "Produits", "lb": "Produkter"}[locale]
    assert f">{title}</h1>" in page.text
    assert f'href="/store/{shop.store_code}/products"' in page.text  # its entry in the rail
    assert "catalog.products.title" not in page.text


def test_it_hides_the_page_of_another_tenant(owner: Visitor, shop: AShop) -> None:
    other = a_shop(shop.platform_id)
    assert owner.get(f"/store/{other.store_code}/products").status_code == 404
