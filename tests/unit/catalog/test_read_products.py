"""Reading CSV files of products."""

import pytest

from app.modules.catalog.exceptions import ProductFileUnreadable, ProductRowsInvalid
from app.modules.catalog.services.product_draft import ProductDraft
from app.modules.catalog.services.read_products import read_products


def read(text: str, *, currency: str = "EUR") -> list[ProductDraft]:
    return [row.draft for row in read_products(text.encode(), currency=currency)]


def codes(text: str, *, currency: str = "EUR") -> list[tuple[str, str]]:
    with pytest.raises(ProductRowsInvalid) as refused:
        read(text, currency=currency)
    return [(pointer, code) for pointer, code, _ in refused.value.errors]


def test_it_reads_every_column_in_any_order() -> None:
    text = "active;description;Price;name;SKU;currency\nno;Dry;12,5;Riesling;a;EUR\n"
    assert read(text) == [
        ProductDraft(name="Riesling", sku="a", price_cents=1250, description="Dry", is_active=False)
    ]


@pytest.mark.parametrize(
    ("written", "currency", "cents"),
    [("0", "EUR", 0), ("12.5", "EUR", 1250), ("1200", "JPY", 1200), ("1.234", "KWD", 1234)],
)
def test_it_reads_prices_in_the_currencys_own_units(
    written: str, currency: str, cents: int
) -> None:
    assert read(f"sku,name,price\na,A,{written}\n", currency=currency)[0].price_cents == cents


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("", "price_unreadable"),
        ("-1", "price_unreadable"),
        ("1 200", "price_unreadable"),
        ("12 €", "price_unreadable"),
        ("1.234", "price_too_precise"),
        ("100000000000", "price_too_large"),
    ],
)
def test_it_refuses_a_price_that_could_be_meant_otherwise(written: str, code: str) -> None:
    assert codes(f"sku,name,price\na,A,{written}\n") == [("/rows/2/price", code)]


def test_it_counts_lines_as_editors_do() -> None:
    text = 'sku,name,price,description\na,A,1,"two\nlines"\n\nb,,1,\n'
    assert codes(text) == [("/rows/5/name", "missing")]


def test_it_names_every_wrong_cell() -> None:
    text = f"sku,name,price,currency,active\na,A,1,EUR,yes\na,{'x' * 201},1,CHF,maybe\nb,B\n"
    assert codes(text) == [
        ("/rows/3/name", "string_too_long"),
        ("/rows/3/currency", "other_currency"),
        ("/rows/3/active", "yes_or_no"),
        ("/rows/3/sku", "sku_repeated"),
        ("/rows/4", "row_width"),
    ]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file_columns_missing"),
        (b"sku,name\na,A\n", "file_columns_missing"),
        (b"sku,name,price,colour\na,A,1,red\n", "file_columns_unknown"),
        (b"sku,name,price,name\na,A,1,A\n", "file_columns_repeated"),
        (b"sku,name,price\n", "file_without_rows"),
        (b'sku,name,price\na,"A,1\n', "file_not_csv"),
        ("sku,name,price\na,A,1\n".encode("utf-16"), "file_not_utf8"),
    ],
)
def test_it_says_why_a_file_cannot_be_read(content: bytes, code: str) -> None:
    with pytest.raises(ProductFileUnreadable) as refused:
        read_products(content, currency="EUR")
    assert [(pointer, found) for pointer, found, _ in refused.value.errors] == [("/file", code)]


def test_it_takes_the_guard_of_an_exported_formula_away() -> None:
    assert read("sku,name,price\na,'=1+1,1\n")[0].name == "=1+1"
