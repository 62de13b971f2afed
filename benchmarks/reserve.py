"""Creating a product with its limit taken in the same transaction, beside the same insert alone.

Sixteen clients over many merchants, every product committed, on SQLite and on PostgreSQL, at a
thousand products and at a million.
"""

import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import count, cycle, islice

from sqlalchemy import select

from app.contracts.tenants import StoreRef
from app.kit.clocks import business_now
from app.kit.db import UnitOfWork, rerun_on_conflict, unit_of_work
from app.kit.quick_insert import insert_row
from app.modules.billing.models import UsageCounter
from app.modules.catalog.exceptions import SkuTaken
from app.modules.catalog.models import Product
from app.modules.catalog.services.create_product import create_product
from app.modules.catalog.services.product_draft import ProductDraft, columns_of
from benchmarks._databases import KINDS, fresh_database
from benchmarks._population import add_products, shops
from benchmarks._report import Figure, report
from benchmarks._timing import in_turns
from benchmarks._vouching import vouched

CLIENTS, MERCHANTS, PRODUCTS, ROUNDS = 16, 1_000, 128, 15
SIZES = (1_000, 1_000_000)
GOALS = {"sqlite": 1.25, "postgresql": 1.35}
FLAT = 1.5
Create = Callable[[UnitOfWork, StoreRef, ProductDraft], object]
_numbers = count(1)


def main() -> int:
    """Measure and report."""
    figures: list[Figure] = []
    for kind in KINDS:
        with fresh_database(kind):
            stores = shops(MERCHANTS, tier="enterprise")
            costs = [_measure(kind, stores, size, figures) for size in SIZES]
            name = f"{kind}, a million beside a thousand"
            figures.append(Figure(name, "ms", costs[1], FLAT, costs[0]))
    with fresh_database("sqlite"):
        stores = shops(MERCHANTS, tier="enterprise")
        return report("reserve", figures, profiled=lambda: one_product(with_limit, stores[0]))


def _measure(kind: str, stores: list[StoreRef], size: int, figures: list[Figure]) -> float:
    """Compare both sides at a number of rows; returns our milliseconds a product."""
    add_products(stores, size)  # it drops counters: they are begun anew from the rows
    with vouched():
        create_products(with_limit, stores, MERCHANTS)  # begins counters, makes limits known
        assert counters_are_true(stores[0])
        ours, bare = in_turns(
            lambda: create_products(with_limit, stores, PRODUCTS),
            lambda: create_products(without_limit, stores, PRODUCTS),
            rounds=ROUNDS,
        )
    per_product = 1000 / PRODUCTS
    name = f"{kind}, {size:,} products"
    figures.append(Figure(name, "ms", ours * per_product, GOALS[kind], bare * per_product))
    return ours * per_product


def with_limit(work: UnitOfWork, store: StoreRef, draft: ProductDraft) -> object:
    """As the product does it."""
    return create_product(work, store, draft=draft)


def without_limit(work: UnitOfWork, store: StoreRef, draft: ProductDraft) -> object:
    """The same insert, and nothing else."""
    with work.conflicts({"products.merchant_id": SkuTaken}):
        return insert_row(work.session, Product, columns_of(store, draft, at=business_now()))


def create_products(create: Create, stores: list[StoreRef], number: int) -> None:
    """Create products by all clients at once, for the stores in turn."""
    wanted = islice(cycle(stores), number)
    with ThreadPoolExecutor(CLIENTS) as clients:
        list(clients.map(lambda store: one_product(create, store), wanted))


def one_product(create: Create, store: StoreRef) -> None:
    """Create one product and commit it."""
    sku = f"sku-{next(_numbers)}"

    def use_case() -> None:
        with unit_of_work() as work:
            create(work, store, ProductDraft("Riesling", sku, 1250))

    rerun_on_conflict(use_case)


def counters_are_true(store: StoreRef) -> bool:
    """Whether a merchant's counter holds exactly its rows, before anything bypasses it."""
    with unit_of_work(read_only=True) as work:
        used = work.session.scalars(
            select(UsageCounter.used).where(
                UsageCounter.merchant_id == store.owner.merchant_id,
                UsageCounter.feature_code == "max_products",
            )
        ).one()
        rows = work.session.query(Product).filter_by(merchant_id=store.owner.merchant_id).count()
    return used == rows


if __name__ == "__main__":
    sys.exit(main())
