"""Orders over HTTP: written down, listed, moved on, exported."""

from tests.factories.billing import an_override
from tests.factories.orders import ORDER, an_order, count_orders
from tests.factories.tenancy import AShop
from tests.factories.usage import counter_of, true_count_of
from tests.integration.browser import Visitor

URL = "/api/v1/store/orders"
MONTH = "max_orders_per_month"


def test_it_writes_an_order_down_with_its_number_and_total(owner: Visitor, shop: AShop) -> None:
    first, second = owner.post(URL, ORDER), owner.post(URL, ORDER)
    assert (first.status_code, second.status_code) == (201, 201)
    assert [first.json()["number"], second.json()["number"]] == [1, 2]
    assert first.json()["total_cents"] == 2800
    assert (first.json()["status"], first.json()["source"]) == ("new", "manual")
    assert first.json()["lines"][1] == {
        "name": "Box",
        "sku": "box",
        "quantity": 1,
        "unit_price_cents": 300,
    }
    assert counter_of(shop.owner, MONTH) == true_count_of(shop.owner, MONTH) == 2


def test_it_refuses_the_order_that_would_pass_the_limit(owner: Visitor, shop: AShop) -> None:
    an_override(shop.owner, MONTH, 1)
    owner.post(URL, ORDER)
    answer = owner.post(URL, ORDER)
    assert answer.status_code == 403
    assert answer.json()["error_code"] == "feature_limit_reached"
    assert count_orders(shop) == 1
    assert counter_of(shop.owner, MONTH) == true_count_of(shop.owner, MONTH) == 1


def test_it_counts_a_cancelled_order_all_the_same(owner: Visitor, shop: AShop) -> None:
    order_id = an_order(shop)
    assert owner.patch(f"{URL}/{order_id}", {"status": "cancelled"}).status_code == 200
    assert counter_of(shop.owner, MONTH) == true_count_of(shop.owner, MONTH) == 1


def test_it_moves_an_order_along_its_way_alone(owner: Visitor, shop: AShop) -> None:
    path = f"{URL}/{an_order(shop)}"
    early = owner.patch(path, {"status": "shipped"})
    assert early.status_code == 409
    assert early.json()["error_code"] == "order_status_not_possible"
    assert early.json()["params"]["possible"] == ["paid", "cancelled"]
    assert owner.patch(path, {"status": "paid"}).json()["status"] == "paid"
    assert owner.patch(path, {"status": "paid"}).headers["ETag"] == '"v2"'
    late = owner.patch(path, {"status": "cancelled"}, headers={"If-Match": '"v1"'})
    assert late.status_code == 412
    assert owner.patch(path, {"status": "shipped"}).json()["status"] == "shipped"


def test_it_refuses_wrong_values_at_their_place(owner: Visitor, shop: AShop) -> None:
    wrong = {
        "customer_name": "",
        "customer_email": "nobody",
        "lines": [{"name": "x", "quantity": 0, "unit_price_cents": "1"}],
        "currency": "EURO",
    }
    answer = owner.post(URL, wrong)
    assert answer.status_code == 422
    assert {one["pointer"] for one in answer.json()["errors"]} == {
        "/customer_name",
        "/customer_email",
        "/lines/0/quantity",
        "/lines/0/unit_price_cents",
        "/currency",
    }
    assert owner.post(URL, {**ORDER, "currency": "CHF"}).status_code == 422
    assert count_orders(shop) == 0


def test_it_finds_orders_by_name_mail_and_number(owner: Visitor, shop: AShop) -> None:
    an_order(shop, name="Anne")
    an_order(shop, name="Ben", cents=100)
    found = owner.get(f"{URL}?search=be").json()["items"]
    assert [one["customer_name"] for one in found] == ["Ben"]
    assert [one["number"] for one in owner.get(f"{URL}?search=1").json()["items"]] == [1]
    assert owner.get(f"{URL}?search=anne@").json()["total"] == 2
    assert owner.get(f"{URL}?source=inbound").json()["total"] == 0
    by_total = owner.get(f"{URL}?sort=total").json()["items"]
    assert [one["customer_name"] for one in by_total] == ["Ben", "Anne"]


def test_it_exports_orders_where_the_plan_has_it(owner: Visitor, shop: AShop) -> None:
    owner.post(URL, {**ORDER, "customer_name": "=cmd"})
    refused = owner.get(f"{URL}/export.csv")
    assert refused.status_code == 403
    assert refused.json()["params"]["upgrade_to"]["code"] == "professional"
    an_override(shop.owner, "order_export", None)
    lines = owner.get(f"{URL}/export.csv").text.splitlines()
    assert lines[0].startswith("\ufeffnumber,created_at,status,source,external_id")
    assert lines[1].startswith("1,20")
    assert lines[1].endswith(",new,manual,,'=cmd,anne@example.test,3,28.00,EUR")
