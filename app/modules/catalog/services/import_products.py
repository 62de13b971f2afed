"""Adding many products at once from a CSV file: all of them, or none."""

from datetime import datetime

from sqlalchemy import insert

from app.contracts.features import gate
from app.contracts.tenants import StoreRef
from app.kit.clocks import business_now
from app.kit.db import UnitOfWork, unit_of_work
from app.modules.billing.public import FeatureLimitReached
from app.modules.catalog.exceptions import SkuTaken
from app.modules.catalog.models import Product
from app.modules.catalog.repositories.products import taken_skus
from app.modules.catalog.services.product_draft import BULK_IMPORT, MAX_PRODUCTS, columns_of
from app.modules.catalog.services.read_products import (
    ProductRow,
    read_products,
    refuse_rows,
    row_error,
)

ROWS_A_STATEMENT = 1_000


def import_products(store: StoreRef, *, content: bytes) -> int:
    """Add the products of a file to a store; returns how many they are.

    Opens its unit of work itself, since the file is read before it. Raises what `read_products`
    raises, ProductRowsInvalid for SKUs that the store has, and what the gate refuses with:
    FeatureLimitReached then also tells the number of `rows` and how many of them `fit`.
    """
    gate().require(store.owner, BULK_IMPORT)
    rows = read_products(content, currency=store.currency)
    with unit_of_work() as work:
        _refuse_taken(work, store, rows)
        _insert(work, store, rows, at=business_now())
        try:
            gate().reserve(work, store.owner, {MAX_PRODUCTS: len(rows)})
        except FeatureLimitReached as refused:
            free = max(0, refused.params["limit"] - refused.params["current"])
            refused.params.update(rows=len(rows), fit=free)
            raise
    return len(rows)


def _refuse_taken(work: UnitOfWork, store: StoreRef, rows: list[ProductRow]) -> None:
    line_of_sku = {row.draft.sku: row.line for row in rows}
    taken = taken_skus(work.session, store, list(line_of_sku))
    lines = sorted(line_of_sku[sku] for sku in taken)
    refuse_rows([row_error(line, "sku", "sku_taken") for line in lines])


def _insert(work: UnitOfWork, store: StoreRef, rows: list[ProductRow], *, at: datetime) -> None:
    with work.conflicts({"products.merchant_id": SkuTaken}):
        for start in range(0, len(rows), ROWS_A_STATEMENT):
            some = rows[start : start + ROWS_A_STATEMENT]
            columns = [columns_of(store, row.draft, at=at) for row in some]
            work.session.execute(insert(Product), columns)
