"""All products of a store as CSV, in constant memory; free of any gate (D11)."""

from collections.abc import Iterator

from app.contracts.tenants import StoreRef
from app.kit.csv_text import BOM, csv_text
from app.kit.db import unit_of_work
from app.kit.money import Money
from app.modules.catalog.models import Product
from app.modules.catalog.repositories.products import products_after
from app.modules.catalog.services.product_file import COLUMNS

ROWS_AT_ONCE = 1_000


def export_products(store: StoreRef) -> Iterator[str]:
    """Yield the file piece by piece; `import_products` reads it.

    Each piece has a unit of work of its own, so that a slow reader holds no transaction open.
    """
    yield BOM + csv_text([COLUMNS])
    last_id = 0
    while True:
        with unit_of_work(read_only=True) as work:
            some = products_after(work.session, store, after_id=last_id, count=ROWS_AT_ONCE)
        if not some:
            return
        yield csv_text(_row(product) for product in some)
        last_id = some[-1].id


def _row(product: Product) -> tuple[str, ...]:
    return (
        product.sku,
        product.name,
        str(Money(product.price_cents, product.currency).amount),
        product.currency,
        product.description,
        "yes" if product.is_active else "no",
    )
