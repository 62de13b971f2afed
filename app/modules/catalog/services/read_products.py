"""From a CSV file to products to be; pure, before any transaction.

A price is a number in whole units with `.` or `,` before the cents and nothing between
thousands. `active` is `yes` or `no`, and `yes` where it is empty.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from app.kit.csv_text import unguarded
from app.kit.money import minor_digits
from app.modules.catalog.exceptions import (
    ProductFileTooLarge,
    ProductFileUnreadable,
    ProductRowsInvalid,
)
from app.modules.catalog.services.product_draft import (
    MAX_DESCRIPTION,
    MAX_NAME,
    MAX_PRICE_CENTS,
    MAX_SKU,
    ProductDraft,
)
from app.modules.catalog.services.product_file import read_records

MAX_ROWS = 100_000
MAX_ERRORS_LISTED = 50
LONGEST = {"sku": MAX_SKU, "name": MAX_NAME, "description": MAX_DESCRIPTION}
_ACTIVE = {"": True, "yes": True, "no": False}
_PRICE = re.compile(r"\d{1,12}(?:[.,](\d+))?", re.ASCII)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")

RowError = tuple[str, str, dict[str, Any]]


@dataclass(frozen=True, slots=True)
class ProductRow:
    """A product to be, and the line of the file on which it begins."""

    line: int
    draft: ProductDraft


def read_products(content: bytes, *, currency: str) -> list[ProductRow]:
    """Return the products of a file, in its order.

    Raises ProductFileUnreadable, ProductFileTooLarge, and ProductRowsInvalid with errors at
    `/rows/<line>/<column>`.
    """
    rows: list[ProductRow] = []
    errors: list[RowError] = []
    line_of_sku: dict[str, int] = {}
    for count, (line, cells) in enumerate(read_records(content), start=1):
        if count > MAX_ROWS:
            raise ProductFileTooLarge(rows=MAX_ROWS)
        if cells is None:
            errors.append(row_error(line, None, "row_width"))
            continue
        values = {name: unguarded(cell.strip()) for name, cell in cells.items()}
        wrong = _wrong_cells(line, values, currency=currency)
        first = line_of_sku.setdefault(values["sku"], line)
        if first != line:
            wrong.append(row_error(line, "sku", "sku_repeated", first=first))
        errors += wrong
        if not errors:
            rows.append(ProductRow(line, _draft(values, currency)))
    refuse_rows(errors)
    if not rows:
        raise ProductFileUnreadable(("/file", "file_without_rows", {}))
    return rows


def row_error(line: int, column: str | None, code: str, **params: Any) -> RowError:
    """Describe what is wrong on a line, in one column or in all of it."""
    return f"/rows/{line}" + (f"/{column}" if column else ""), code, params


def refuse_rows(errors: Sequence[RowError]) -> None:
    """Name what is wrong, the first 50 of it. Raises ProductRowsInvalid."""
    if errors:
        raise ProductRowsInvalid(*errors[:MAX_ERRORS_LISTED], wrong=len(errors))


def _wrong_cells(line: int, values: Mapping[str, str], *, currency: str) -> list[RowError]:
    errors = [row_error(line, name, "missing") for name in ("sku", "name") if not values[name]]
    for name, longest in LONGEST.items():
        text = values.get(name, "")
        if len(text) > longest:
            errors.append(row_error(line, name, "string_too_long", max_length=longest))
        if _CONTROL.search(text):
            errors.append(row_error(line, name, "control_characters"))
    code = _wrong_price(values["price"], currency)
    if code:
        digits = minor_digits(currency)
        errors.append(row_error(line, "price", code, digits=digits, currency=currency))
    if values.get("currency", "") not in {"", currency}:
        errors.append(row_error(line, "currency", "other_currency", currency=currency))
    if values.get("active", "").lower() not in _ACTIVE:
        errors.append(row_error(line, "active", "yes_or_no"))
    return errors


def _wrong_price(text: str, currency: str) -> str | None:
    match = _PRICE.fullmatch(text)
    if match is None:
        return "price_unreadable"
    if len(match[1] or "") > minor_digits(currency):
        return "price_too_precise"
    return "price_too_large" if _cents(text, currency) > MAX_PRICE_CENTS else None


def _cents(text: str, currency: str) -> int:
    return int(Decimal(text.replace(",", ".")).scaleb(minor_digits(currency)))


def _draft(values: Mapping[str, str], currency: str) -> ProductDraft:
    return ProductDraft(
        name=values["name"],
        sku=values["sku"],
        price_cents=_cents(values["price"], currency),
        description=values.get("description", ""),
        is_active=_ACTIVE[values.get("active", "").lower()],
    )
