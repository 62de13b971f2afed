"""Products as CSV: all of a file or nothing, and out again."""

from collections.abc import Callable
from typing import Any

import pytest

from app.modules.catalog.services import read_products
from app.modules.catalog.services.read_products import MAX_ROWS
from tests.factories.billing import a_tier_limit, an_override
from tests.factories.catalog import a_product, standing_skus
from tests.factories.tenancy import AShop
from tests.factories.usage import counter_of, true_count_of
from tests.integration.browser import Visitor

URL = "/api/v1/store/products/import"
EXPORT = "/api/v1/store/products/export.csv"


@pytest.fixture
def importer(owner: Visitor, shop: AShop) -> Visitor:
    """An owner whose plan has the import, which Essential lacks."""
    an_override(shop.owner, "bulk_import", None)
    return owner


def send(visitor: Visitor, content: str | bytes) -> Any:
    body = content.encode() if isinstance(content, str) else content
    return visitor.post(URL, content=body, headers={"Content-Type": "text/csv"})


def test_it_adds_every_row_of_a_file(importer: Visitor, shop: AShop) -> None:
    answer = send(importer, "sku,name,price\r\na,Riesling,12.50\r\nb,Pinot,9\r\n")
    assert answer.status_code == 200
    assert answer.json() == {"imported": 2}
    assert standing_skus(shop) == ["a", "b"]
    assert counter_of(shop.owner, "max_products") == 2


def test_it_takes_a_file_of_a_form(importer: Visitor, shop: AShop) -> None:
    content = "\ufeffPrice;SKU;Name\n12,50;a;Crémant\n".encode()
    answer = importer.post(URL, files={"file": ("products.csv", content, "text/csv")})
    assert answer.json() == {"imported": 1}
    product = importer.get("/api/v1/store/products").json()["items"][0]
    assert (product["name"], product["price_cents"]) == ("Crémant", 1250)


def test_it_imports_nothing_when_one_row_does_not_fit(importer: Visitor, shop: AShop) -> None:
    a_tier_limit(shop.platform_id, "essential", "max_products", 3)
    a_product(shop, "present")
    answer = send(importer, "sku,name,price\na,A,1\nb,B,1\nc,C,1\n")
    assert answer.status_code == 403
    assert answer.json()["error_code"] == "feature_limit_reached"
    assert answer.json()["params"] == {
        "feature_code": "max_products",
        "current": 1,
        "limit": 3,
        "upgrade_to": {"code": "professional", "name": "Professional", "price_monthly_cents": 9900},
        "rows": 3,
        "fit": 2,
    }
    assert standing_skus(shop) == ["present"]
    assert counter_of(shop.owner, "max_products") == true_count_of(shop.owner, "max_products") == 1


def test_it_names_rows_whose_sku_the_store_has(importer: Visitor, shop: AShop) -> None:
    a_product(shop, "b")
    answer = send(importer, "sku,name,price\na,A,1\nb,B,1\n")
    assert answer.status_code == 422
    assert answer.json()["error_code"] == "product_rows_invalid"
    assert answer.json()["errors"] == [
        {"pointer": "/rows/3/sku", "detail": "A product of the store has this SKU already."}
    ]
    assert standing_skus(shop) == ["b"]


def test_it_lists_fifty_errors_and_says_how_many_there_are(importer: Visitor, shop: AShop) -> None:
    rows = "".join(f"s{n},Name,free\n" for n in range(60))
    answer = send(importer, f"sku,name,price\n{rows}")
    assert len(answer.json()["errors"]) == 50
    assert answer.json()["params"] == {"wrong": 60}
    assert answer.json()["errors"][0]["pointer"] == "/rows/2/price"
    assert standing_skus(shop) == []


def test_it_refuses_another_encoding_and_names_the_line(importer: Visitor, shop: AShop) -> None:
    answer = send(importer, "sku,name,price\na,Crémant,1\n".encode("latin-1"))
    assert answer.status_code == 422
    assert answer.json()["error_code"] == "product_file_unreadable"
    assert answer.json()["errors"][0]["detail"].startswith("Line 2 is not written in UTF-8.")


def test_it_refuses_what_is_no_file(importer: Visitor, shop: AShop) -> None:
    answer = importer.post(URL, {"sku": "a"})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == "/file"


def test_it_needs_the_feature(owner: Visitor, shop: AShop) -> None:
    answer = send(owner, "sku,name,price\na,A,1\n")
    assert answer.status_code == 403
    assert answer.json()["error_code"] == "feature_not_available"
    assert answer.json()["params"]["upgrade_to"]["code"] == "professional"
    assert standing_skus(shop) == []


def test_it_imports_a_large_file_in_one_step(
    importer: Visitor, shop: AShop, proof_size: Callable[..., int]
) -> None:
    count = proof_size("rows of an imported file", reduced=10_000, full=MAX_ROWS)
    an_override(shop.owner, "max_products", None)
    rows = "".join(f"s{n},Product {n},{n}.99\n" for n in range(count))
    assert send(importer, f"sku,name,price\n{rows}").json() == {"imported": count}
    assert counter_of(shop.owner, "max_products") == count


def test_it_refuses_a_file_with_a_row_too_many(
    importer: Visitor, shop: AShop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(read_products, "MAX_ROWS", 2)
    answer = send(importer, "sku,name,price\na,A,1\nb,B,1\nc,C,1\n")
    assert (answer.status_code, answer.json()["error_code"]) == (413, "product_file_too_large")
    assert standing_skus(shop) == []


def test_it_refuses_other_columns_and_names_them(importer: Visitor, shop: AShop) -> None:
    answer = send(importer, "sku,title,price\na,A,1\n")
    assert (answer.status_code, answer.json()["error_code"]) == (422, "product_file_unreadable")
    assert "name" in answer.json()["errors"][0]["detail"]
    assert standing_skus(shop) == []


def test_it_reads_its_own_export(importer: Visitor, shop: AShop) -> None:
    file = 'sku,name,price,currency,description,active\na,=SUM(A1),12.50,EUR,"two\nlines",no\n'
    assert send(importer, file).status_code == 200
    exported = importer.get(EXPORT)
    assert exported.headers["content-type"] == "text/csv; charset=utf-8"
    assert exported.text == (
        "\ufeffsku,name,price,currency,description,active\r\n"
        'a,\'=SUM(A1),12.50,EUR,"two\nlines",no\r\n'
    )
    product = importer.get("/api/v1/store/products").json()["items"][0]
    importer.delete(f"/api/v1/store/products/{product['id']}")
    assert send(importer, exported.content).json() == {"imported": 1}
    again = importer.get("/api/v1/store/products").json()["items"][0]
    kept = ("name", "sku", "price_cents", "description", "is_active")
    assert [again[key] for key in kept] == [product[key] for key in kept]
