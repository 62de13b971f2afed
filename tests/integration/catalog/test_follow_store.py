"""Products go and come back with their store, and so do their units (D14)."""

from app.kit.db import unit_of_work
from app.modules.catalog.services.delete_product import delete_product
from tests.factories.billing import an_override
from tests.factories.catalog import a_product, standing_skus, store_of
from tests.factories.tenancy import AShop, a_super_admin
from tests.factories.usage import counter_of, true_count_of
from tests.integration.browser import Visitor

STORES = "/api/v1/admin/stores"


def test_it_gives_the_units_back_with_the_store_and_takes_them_again(
    client: Visitor, shop: AShop
) -> None:
    a_product(shop, "a")
    a_product(shop, "b")
    gone_before = a_product(shop, "gone")
    with unit_of_work() as work:
        delete_product(work, store_of(shop), gone_before, expected=None)
    client.sign_in(a_super_admin())
    assert client.delete(f"{STORES}/{shop.store_id}").status_code == 204
    assert standing_skus(shop) == []
    assert counter_of(shop.owner, "max_products") == true_count_of(shop.owner, "max_products") == 0
    assert client.post(f"{STORES}/{shop.store_id}/restore").status_code == 200
    assert standing_skus(shop) == ["a", "b"]
    assert counter_of(shop.owner, "max_products") == true_count_of(shop.owner, "max_products") == 2


def test_it_keeps_the_store_deleted_when_its_products_no_longer_fit(
    client: Visitor, shop: AShop
) -> None:
    a_product(shop, "a")
    a_product(shop, "b")
    client.sign_in(a_super_admin())
    client.delete(f"{STORES}/{shop.store_id}")
    an_override(shop.owner, "max_products", 1)
    answer = client.post(f"{STORES}/{shop.store_id}/restore")
    assert answer.status_code == 403
    assert answer.json()["error_code"] == "feature_limit_reached"
    assert client.get(f"{STORES}/{shop.store_id}").json()["status"] == "deleted"
    assert counter_of(shop.owner, "max_products") == true_count_of(shop.owner, "max_products") == 0
