"""Products over HTTP: written, read, changed, deleted, restored."""

from typing import Any

from app.kit.db import unit_of_work
from app.modules.billing.models import MerchantSubscription
from app.modules.billing.services.entitlement_changes import entitlements_changed
from app.modules.tenancy.models import MemberRole
from tests.factories.billing import a_subscription, an_override
from tests.factories.catalog import a_product, standing_skus
from tests.factories.media import a_media_file
from tests.factories.pictures import a_document, a_photo
from tests.factories.tenancy import AShop, a_member, a_shop
from tests.factories.usage import counter_of, true_count_of
from tests.integration.browser import Visitor
from tests.integration.queries import counted_queries

URL = "/api/v1/store/products"
WINE: dict[str, Any] = {"name": "Riesling", "sku": "wine-1", "price_cents": 1250}


def test_it_adds_a_product_and_counts_it(owner: Visitor, shop: AShop) -> None:
    answer = owner.post(URL, WINE)
    assert answer.status_code == 201
    assert answer.headers["ETag"] == '"v1"'
    product = answer.json()
    assert product["currency"] == "EUR"
    assert product["is_active"] is True
    assert product["image_media_ids"] == []
    assert owner.get(f"{URL}/{product['id']}").json() == product
    assert counter_of(shop.owner, "max_products") == 1


def test_it_refuses_the_product_that_would_pass_the_limit(owner: Visitor, shop: AShop) -> None:
    an_override(shop.owner, "max_products", 1)
    a_product(shop, "first")
    answer = owner.post(URL, WINE)
    assert answer.status_code == 403
    problem = answer.json()
    assert problem["error_code"] == "feature_limit_reached"
    assert problem["params"] == {
        "feature_code": "max_products",
        "current": 1,
        "limit": 1,
        "upgrade_to": {"code": "essential", "name": "Essential", "price_monthly_cents": 4900},
    }
    assert standing_skus(shop) == ["first"]
    assert counter_of(shop.owner, "max_products") == 1


def test_it_refuses_a_second_product_with_the_sku(owner: Visitor, shop: AShop) -> None:
    a_product(shop, "wine-1")
    answer = owner.post(URL, WINE)
    assert answer.status_code == 409
    assert answer.json()["error_code"] == "sku_taken"
    assert counter_of(shop.owner, "max_products") == 1


def test_it_lets_a_deleted_products_sku_be_used_again(owner: Visitor, shop: AShop) -> None:
    product_id = a_product(shop, "wine-1")
    assert owner.delete(f"{URL}/{product_id}").status_code == 204
    assert counter_of(shop.owner, "max_products") == 0
    assert owner.post(URL, WINE).status_code == 201
    refused = owner.post(f"{URL}/{product_id}/restore")
    assert refused.json()["error_code"] == "sku_taken"
    assert standing_skus(shop) == ["wine-1"]
    assert counter_of(shop.owner, "max_products") == 1


def test_it_restores_a_product_and_takes_its_unit_again(owner: Visitor, shop: AShop) -> None:
    product_id = a_product(shop)
    owner.delete(f"{URL}/{product_id}")
    assert owner.get(f"{URL}/{product_id}").status_code == 404
    deleted = owner.get(f"{URL}?status=deleted").json()["items"]
    assert [one["id"] for one in deleted] == [product_id]
    restored = owner.post(f"{URL}/{product_id}/restore")
    assert restored.status_code == 200
    assert restored.json()["deleted_at"] is None
    assert owner.post(f"{URL}/{product_id}/restore").status_code == 200
    assert counter_of(shop.owner, "max_products") == true_count_of(shop.owner, "max_products") == 1


def test_it_refuses_to_restore_beyond_the_limit(owner: Visitor, shop: AShop) -> None:
    product_id = a_product(shop)
    owner.delete(f"{URL}/{product_id}")
    an_override(shop.owner, "max_products", 0)
    answer = owner.post(f"{URL}/{product_id}/restore")
    assert answer.json()["error_code"] == "feature_limit_reached"
    assert standing_skus(shop) == []


def test_it_changes_what_is_named_and_keeps_the_rest(owner: Visitor, shop: AShop) -> None:
    product_id = a_product(shop, "wine-1")
    answer = owner.patch(f"{URL}/{product_id}", {"price_cents": 990, "is_active": False})
    assert answer.status_code == 200
    assert answer.headers["ETag"] == '"v2"'
    assert (answer.json()["price_cents"], answer.json()["sku"]) == (990, "wine-1")
    assert counter_of(shop.owner, "max_products") == 1  # one that is not on sale counts too


def test_it_refuses_a_change_of_what_somebody_else_changed(owner: Visitor, shop: AShop) -> None:
    product_id = a_product(shop)
    owner.patch(f"{URL}/{product_id}", {"price_cents": 990})
    late = owner.patch(f"{URL}/{product_id}", {"name": "Late"}, headers={"If-Match": '"v1"'})
    assert late.status_code == 412
    assert owner.get(f"{URL}/{product_id}").json()["name"] == "Riesling"


def test_it_refuses_more_images_than_each_product_may_have(owner: Visitor, shop: AShop) -> None:
    answer = owner.post(URL, {**WINE, "image_media_ids": [1, 2, 3, 4]})
    assert answer.status_code == 403
    assert answer.json()["params"]["feature_code"] == "max_images_per_product"
    assert answer.json()["params"]["limit"] == 3
    assert standing_skus(shop) == []


def test_it_lets_images_be_taken_away_above_the_limit(owner: Visitor, shop: AShop) -> None:
    one, two, three = (a_media_file(shop) for _ in range(3))
    product = owner.post(URL, {**WINE, "image_media_ids": [one, two, three]}).json()
    an_override(shop.owner, "max_images_per_product", 1)
    path = f"{URL}/{product['id']}"
    fewer = owner.patch(path, {"image_media_ids": [three, one]}).json()
    assert fewer["image_media_ids"] == [three, one]
    assert owner.patch(path, {"image_media_ids": [three, one, two]}).status_code == 403


def test_it_refuses_pictures_that_the_store_does_not_have(owner: Visitor, shop: AShop) -> None:
    other = a_shop(shop.platform_id)
    a_subscription(other.owner, "essential")
    document = a_media_file(shop, "terms.pdf", content=a_document())
    for unknown in (a_media_file(other), document, 4_711):
        answer = owner.post(URL, {**WINE, "image_media_ids": [unknown]})
        assert answer.json()["errors"] == [
            {
                "pointer": "/image_media_ids",
                "detail": "One of these images does not exist in your store.",
            }
        ]
    assert standing_skus(shop) == []


def test_it_shows_products_with_the_addresses_of_their_pictures(
    owner: Visitor, shop: AShop
) -> None:
    small, large = a_media_file(shop), a_media_file(shop, "a.jpg", content=a_photo(900, 600))
    product = owner.post(URL, {**WINE, "image_media_ids": [large, small]}).json()
    assert [one["media_id"] for one in product["images"]] == [large, small]
    main = product["images"][0]
    assert (main["width"], main["height"]) == (900, 600)
    assert [part.split(" ")[1] for part in main["srcset"].split(", ")] == ["200w", "800w", "900w"]
    assert product["images"][1]["srcset"] == ""
    assert owner.get(URL).json()["items"] == [product]


def test_it_refuses_wrong_values_at_their_place(owner: Visitor, shop: AShop) -> None:
    wrong = {
        "name": "  ",
        "sku": "a\tb",
        "price_cents": -1,
        "currency": "eur",
        "image_media_ids": [0],
        "colour": "red",
    }
    answer = owner.post(URL, wrong)
    assert answer.status_code == 422
    pointers = {one["pointer"] for one in answer.json()["errors"]}
    assert pointers == {
        "/name", "/sku", "/price_cents", "/currency", "/image_media_ids/0", "/colour"
    }  # fmt: skip
    assert standing_skus(shop) == []


def test_it_refuses_another_currency_than_the_platforms(owner: Visitor, shop: AShop) -> None:
    answer = owner.post(URL, {**WINE, "currency": "CHF"})
    assert answer.status_code == 422
    assert answer.json()["errors"] == [
        {"pointer": "/currency", "detail": "Prices are in EUR here."}
    ]


def test_it_hides_the_products_of_another_tenant(owner: Visitor, shop: AShop) -> None:
    other = a_shop(shop.platform_id)
    foreign = {"X-Store-Code": other.store_code}
    assert owner.get(URL, headers=foreign).status_code == 404
    a_subscription(other.owner, "essential")
    product_id = a_product(other)
    assert owner.get(f"{URL}/{product_id}").status_code == 404
    assert owner.delete(f"{URL}/{product_id}").status_code == 404
    assert len(standing_skus(other)) == 1


def test_it_lets_staff_work_with_products(client: Visitor, shop: AShop) -> None:
    client.sign_in(a_member(shop, MemberRole.STAFF))
    assert client.post(URL, WINE).status_code == 201
    assert client.get(URL).json()["total"] == 1


def test_it_answers_the_same_request_once(owner: Visitor, shop: AShop) -> None:
    key = {"Idempotency-Key": "one-intent"}
    first, again = owner.post(URL, WINE, headers=key), owner.post(URL, WINE, headers=key)
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json() == again.json()
    assert counter_of(shop.owner, "max_products") == 1


def test_it_searches_sorts_and_pages(owner: Visitor, shop: AShop) -> None:
    for sku, name in [("c", "Auxerrois"), ("a", "Riesling"), ("b", "Rivaner"), ("ri-d", "Pinot")]:
        a_product(shop, sku, name=name)
    page = owner.get(f"{URL}?search=ri&sort=sku&limit=2").json()
    assert [one["sku"] for one in page["items"]] == ["a", "b"]
    assert page["total"] == 3
    rest = owner.get(f"{URL}?search=ri&sort=sku&limit=2&cursor={page['next_cursor']}").json()
    assert [one["sku"] for one in rest["items"]] == ["ri-d"]
    assert rest["next_cursor"] is None


def test_it_asks_as_many_queries_for_many_products_as_for_one(owner: Visitor, shop: AShop) -> None:
    a_product(shop)
    owner.get(URL)
    with counted_queries() as for_one:
        owner.get(URL)
    for _ in range(20):
        a_product(shop)
    with counted_queries() as for_many:
        assert len(owner.get(URL).json()["items"]) == 21
    assert len(for_many) == len(for_one)


def test_it_keeps_everything_readable_when_the_plan_has_ended(owner: Visitor, shop: AShop) -> None:
    a_product(shop, "kept")
    with unit_of_work() as work:
        work.session.query(MerchantSubscription).update({"status": "cancelled"})
        entitlements_changed(work, shop.platform_id, shop.merchant_id)
    assert owner.post(URL, WINE).json()["error_code"] == "subscription_inactive"
    assert owner.get(URL).json()["total"] == 1
    assert "kept" in owner.get(f"{URL}/export.csv").text
