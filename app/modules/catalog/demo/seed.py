"""Writing catalog's demo data in set inserts; counters are recounted when all modules are done."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import islice
from random import Random
from typing import Any

from sqlalchemy import insert

from app.contracts.demo import DemoPlan
from app.contracts.tenants import StoreRef
from app.kit.db import UnitOfWork
from app.modules.catalog.demo.further import add_products_of_further
from app.modules.catalog.demo.goods import KINDS, SORTS
from app.modules.catalog.models import Product
from app.modules.tenancy.public import named_stores

# Against the 200 products of the shipped Essential tier.
WANTED = {"weber": 150, "weber-2": 0, "muller": 187, "schmit": 200, "hoffmann": 214, "thill": 640}
ROWS_AT_ONCE = 5_000


def seed_demo(work: UnitOfWork, plan: DemoPlan) -> None:
    """Add products to every store, some of them to show what limits do."""
    random = plan.random("catalog")
    rows = _rows(list(named_stores(work)), plan, random)
    while some := list(islice(rows, ROWS_AT_ONCE)):
        work.session.execute(insert(Product), some)
    add_products_of_further(work, plan)


def _rows(stores: list[StoreRef], plan: DemoPlan, random: Random) -> Iterator[dict[str, Any]]:
    for store in stores:
        for number in range(WANTED.get(store.code, random.randint(3, 90))):
            yield _row(store, number, plan, random)


def _row(store: StoreRef, number: int, plan: DemoPlan, random: Random) -> dict[str, Any]:
    kind, description = KINDS[number % len(KINDS)]
    added = plan.now - timedelta(minutes=random.randint(1, 365 * 24 * 60))
    return {
        "merchant_id": store.owner.merchant_id,
        "platform_id": store.owner.platform_id,
        "store_id": store.id,
        "name": f"{kind} {random.choice(SORTS)} {number // len(KINDS) + 1}",
        "sku": f"{store.code}-{number + 1:04}",
        "description": description,
        "price_cents": random.randint(4, 180) * 50 - 5,
        "currency": store.currency,
        "is_active": random.random() < 0.92,
        "image_media_ids": [],
        "created_at": added,
        "updated_at": added,
    }
