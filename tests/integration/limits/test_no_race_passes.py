"""No interleaving of threads and processes ends above a limit, and no unit is lost (D16)."""

import subprocess
import sys
from collections.abc import Callable

import pytest

from app.kit.db import Database, unit_of_work
from app.modules.billing.models import UsageCounter
from app.modules.catalog.models import Product
from app.modules.catalog.services.create_product import create_product
from app.modules.catalog.services.product_draft import ProductDraft
from app.modules.tenancy.repositories.stores import find_store_by_code
from tests.factories.billing import a_subscription, a_tier_limit, shipped_tiers
from tests.factories.tenancy import AShop, a_shop

LIMIT = 20
PROCESSES, THREADS = 4, 16
CONTENDER = "tests.integration.limits.contender"


@pytest.fixture
def shop(database: Database) -> AShop:
    """A merchant one product below the limit."""
    shop = a_shop()
    shipped_tiers(shop.platform_id)
    a_subscription(shop.owner, "essential")
    a_tier_limit(shop.platform_id, "essential", "max_products", LIMIT)
    for number in range(LIMIT - 1):
        with unit_of_work() as work:
            store = find_store_by_code(work.session, shop.store_code)
            assert store is not None
            create_product(work, store, draft=ProductDraft(f"p{number}", f"p{number}", 100))
    return shop


def contend(database: Database, shop: AShop, *, attempts: int, seed: int) -> subprocess.Popen[str]:
    each = str(attempts // PROCESSES)
    return subprocess.Popen(
        [
            sys.executable,
            "-m",
            CONTENDER,
            database.url,
            shop.store_code,
            each,
            str(THREADS),
            str(seed),
        ],
        stdout=subprocess.PIPE,
        text=True,
    )


def rows_and_counter(shop: AShop) -> tuple[int, int]:
    with unit_of_work(read_only=True) as work:
        rows = work.session.query(Product).filter_by(merchant_id=shop.merchant_id).count()
        counter = work.session.query(UsageCounter).filter_by(
            merchant_id=shop.merchant_id, feature_code="max_products"
        )
        return rows, counter.one().used


def test_it_admits_exactly_one_more_whoever_competes(
    database: Database, shop: AShop, proof_size: Callable[..., int]
) -> None:
    attempts = proof_size("attempts at limit - 1, a database", reduced=600, full=25_000)
    contenders = [
        contend(database, shop, attempts=attempts, seed=seed) for seed in range(PROCESSES)
    ]
    victim = contenders[0]
    assert victim.stdout is not None
    assert victim.stdout.readline() == "started\n"
    victim.kill()
    victim.communicate()
    told = [one.communicate()[0].splitlines()[-1] for one in contenders[1:]]
    assert [one.returncode for one in contenders[1:]] == [0, 0, 0]
    assert rows_and_counter(shop) == (LIMIT, LIMIT)
    assert sum(map(int, told)) <= 1  # the killed one may have been the one that got it
