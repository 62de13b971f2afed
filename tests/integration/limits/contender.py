"""A process whose threads all want the same few units; run by the proof that no race passes.

Arguments: database address, merchant's store code, attempts, threads, seed. Prints how many
products it committed as its last line.
"""

import sys
from concurrent.futures import ThreadPoolExecutor
from random import Random
from threading import Lock

from app import bootstrap
from app.kit.db import rerun_on_conflict, unit_of_work
from app.modules.billing.public import FeatureLimitReached
from app.modules.catalog.services.create_product import create_product
from app.modules.catalog.services.product_draft import ProductDraft
from app.modules.tenancy.repositories.stores import find_store_by_code

ROLLBACK_SHARE = 0.3


class ChangedMind(Exception):
    """The caller's transaction fails after the unit was taken."""


class Contender:
    """Creates products until the attempts are used up, sometimes failing after the unit."""

    def __init__(self, store_code: str, seed: int) -> None:
        with unit_of_work(read_only=True) as work:
            store = find_store_by_code(work.session, store_code)
        assert store is not None
        self.store = store
        self.seed = seed
        self.committed = 0
        self._lock = Lock()

    def attempt(self, number: int) -> None:
        """Try once; what the database gives up on is tried again as at the edge."""
        random = Random(self.seed * 1_000_003 + number)  # noqa: S311 - reproducible on purpose
        fails = random.random() < ROLLBACK_SHARE
        sku = f"{self.seed}-{number}"
        try:
            rerun_on_conflict(lambda: self._create(sku, fails=fails))
        except (FeatureLimitReached, ChangedMind):
            return
        with self._lock:
            self.committed += 1

    def _create(self, sku: str, *, fails: bool) -> None:
        with unit_of_work() as work:
            create_product(work, self.store, draft=ProductDraft(sku, sku, 100))
            if fails:
                raise ChangedMind


def main(arguments: list[str]) -> None:
    """Run all attempts over the threads."""
    url, store_code, attempts, threads, seed = arguments
    bootstrap.start(database_url=url, jobs="off", log_level="error", _env_file=None)
    contender = Contender(store_code, int(seed))
    print("started", flush=True)
    with ThreadPoolExecutor(int(threads)) as pool:
        list(pool.map(contender.attempt, range(int(attempts))))
    print(contender.committed, flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
