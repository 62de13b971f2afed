"""No interleaving of threads and processes ends above a limit, and no unit is lost (D16)."""

import subprocess
import sys
from collections.abc import Callable, Sequence

import pytest

from app.kit.db import Database, unit_of_work
from app.modules.billing.public import FeatureLimitReached
from app.modules.tenancy.repositories.stores import find_store_by_code
from tests.factories.billing import a_subscription, an_override, shipped_tiers
from tests.factories.tenancy import AShop, a_shop
from tests.factories.usage import usage_of
from tests.integration.limits.contender import HALF_WAY
from tests.integration.limits.wishes import WISHES

LIMIT = 20
PROCESSES, THREADS = 4, 16
CONTENDER = "tests.integration.limits.contender"
ALL = sorted(WISHES)


@pytest.fixture
def shop(database: Database) -> AShop:
    """A merchant whose limits are all the same."""
    shop = a_shop()
    shipped_tiers(shop.platform_id)
    a_subscription(shop.owner, "essential")
    for code in ALL:
        an_override(shop.owner, code, LIMIT)
    return shop


def take(shop: AShop, code: str, name: str) -> None:
    """Take one unit, alone."""
    with unit_of_work() as work:
        store = find_store_by_code(work.session, shop.store_code)
        assert store is not None
        WISHES[code].take(work, store, name)


def used(shop: AShop, code: str) -> tuple[int | None, int]:
    """What the counter says, and the rows."""
    return usage_of(shop.owner, [code])[code]


def fill_up(shop: AShop, code: str, *, until: int) -> None:
    for number in range(used(shop, code)[1], until):
        take(shop, code, f"fill-{number}")


def contend(
    database: Database, shop: AShop, *, attempts: int, codes: Sequence[str], back_share: float
) -> int:
    """Let processes compete and kill one of them half way; returns what the others kept."""
    tail = [str(attempts // PROCESSES), str(THREADS)]
    wanted = [",".join(codes), str(back_share)]
    contenders = [
        subprocess.Popen(
            [sys.executable, "-m", CONTENDER, database.url, shop.store_code, *tail, seed, *wanted],
            stdout=subprocess.PIPE,
            text=True,
        )
        for seed in map(str, range(PROCESSES))
    ]
    victim, *others = contenders
    assert victim.stdout is not None
    assert victim.stdout.readline() == f"{HALF_WAY}\n"
    victim.kill()
    victim.communicate()
    told = [one.communicate()[0].splitlines()[-1] for one in others]
    assert [one.returncode for one in others] == [0] * len(others)
    return sum(map(int, told))


def test_it_admits_exactly_one_more_whoever_competes(
    database: Database, shop: AShop, proof_size: Callable[..., int]
) -> None:
    fill_up(shop, "max_products", until=LIMIT - 1)
    attempts = proof_size("attempts at limit - 1, a database", reduced=600, full=25_000)
    kept = contend(database, shop, attempts=attempts, codes=["max_products"], back_share=0.0)
    assert used(shop, "max_products") == (LIMIT, LIMIT)
    assert kept <= 1  # the killed one may have been the one that got it


def test_it_loses_no_unit_where_many_are_taken_and_given_back(
    database: Database, shop: AShop, proof_size: Callable[..., int]
) -> None:
    for code in ALL:
        fill_up(shop, code, until=LIMIT - 1)
    attempts = proof_size("attempts at three limits, a database", reduced=400, full=10_000)
    contend(database, shop, attempts=attempts, codes=ALL, back_share=0.9)
    for code in ALL:
        counter, rows = used(shop, code)
        assert counter == rows <= LIMIT
        fill_up(shop, code, until=LIMIT)
        with pytest.raises(FeatureLimitReached):
            take(shop, code, "one-too-many")
        assert used(shop, code) == (LIMIT, LIMIT)
