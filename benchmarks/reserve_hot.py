"""All clients reserve for one merchant, beside a bare loop of the same two statements.

PostgreSQL only. Each side commits every product: what is measured is how long the merchant's one
counter stays locked, and what stands around it.
"""

import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from queue import SimpleQueue

import psycopg
from psycopg.types.json import Jsonb

from app.contracts.tenants import StoreRef
from app.kit.clocks import business_now
from app.kit.db import Database
from app.modules.billing.services.windows import EPOCH
from app.modules.catalog.services.product_draft import MAX_PRODUCTS
from benchmarks._databases import fresh_database
from benchmarks._population import shops
from benchmarks._report import Figure, report
from benchmarks._timing import in_turns
from benchmarks._vouching import vouched
from benchmarks.reserve import CLIENTS, counters_are_true, one_product, with_limit

PRODUCTS, ROUNDS = 128, 15
INSERT = (
    "INSERT INTO products (merchant_id, platform_id, store_id, name, sku, description,"
    " price_cents, currency, is_active, image_media_ids, version, created_at, updated_at,"
    " deleted_with_store) VALUES (%s, %s, %s, 'Riesling', %s, '', 1250, 'EUR', true, %s, 1,"
    " %s, %s, false) RETURNING id"
)
TAKE = (
    "UPDATE usage_counters SET used = used + 1 WHERE merchant_id = %s AND platform_id = %s"
    " AND feature_code = %s AND window_start = %s"
)
_numbers = count(1)


def main() -> int:
    """Measure and report."""
    with fresh_database("postgresql") as database, vouched():
        (store,) = shops(1, tier="enterprise")
        one_product(with_limit, store)  # begins the counter
        bare = Bare(database, store)
        ours, loop = in_turns(
            lambda: _all_at_once(lambda: one_product(with_limit, store)),
            lambda: _all_at_once(bare.one),
            rounds=ROUNDS,
        )
        bare.close()
        assert counters_are_true(store)
        figure = Figure("one merchant", "/s", PRODUCTS / ours, 0.6, PRODUCTS / loop, at_most=False)
        return report("reserve-hot", [figure], profiled=lambda: one_product(with_limit, store))


def _all_at_once(one: Callable[[], None]) -> None:
    with ThreadPoolExecutor(CLIENTS) as clients:
        for done in [clients.submit(one) for _ in range(PRODUCTS)]:
            done.result()


class Bare:
    """The same two statements by the driver, on connections that stay open."""

    def __init__(self, database: Database, store: StoreRef) -> None:
        self._store = store
        self._idle: SimpleQueue[psycopg.Connection] = SimpleQueue()
        for _ in range(CLIENTS):
            self._idle.put(psycopg.connect(database.listen_url))

    def one(self) -> None:
        """Insert a product, count it, commit."""
        owner, now, sku = self._store.owner, business_now(), f"bare-{next(_numbers)}"
        row = (*owner, self._store.id, sku, Jsonb([]), now, now)
        connection = self._idle.get()
        connection.execute(INSERT, row).fetchone()
        connection.execute(TAKE, (*owner, MAX_PRODUCTS, EPOCH))
        connection.commit()
        self._idle.put(connection)

    def close(self) -> None:
        """Close all connections."""
        while not self._idle.empty():
            self._idle.get().close()


if __name__ == "__main__":
    sys.exit(main())
