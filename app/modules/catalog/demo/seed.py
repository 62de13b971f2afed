"""Writing catalog's demo data in set inserts; counters are recounted when all modules are done."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import islice
from random import Random
from typing import Any

from sqlalchemy import insert, select

from app.contracts.demo import DemoPlan
from app.contracts.tenants import StoreRef
from app.kit.db import UnitOfWork
from app.modules.catalog.demo.further import add_products_of_further
from app.modules.catalog.demo.goods import KINDS, SORTS
from app.modules.catalog.models import Product, ProductImage
from app.modules.media.public import media_ids_by_name
from app.modules.tenancy.public import named_stores

# Against the 200 products of the shipped Essential tier.
WANTED = {"weber": 150, "weber-2": 0, "muller": 187, "schmit": 200, "hoffmann": 214, "thill": 640}
ROWS_AT_ONCE = 5_000


def seed_demo(work: UnitOfWork, plan: DemoPlan) -> None:
    """Add products to every store, some of them to show what limits do."""
    random = plan.random("catalog")
    rows = _rows(work, plan, random)
    while some := list(islice(rows, ROWS_AT_ONCE)):
        work.session.execute(insert(Product), some)
    _write_images(work)
    add_products_of_further(work, plan)


def _rows(work: UnitOfWork, plan: DemoPlan, random: Random) -> Iterator[dict[str, Any]]:
    for store in list(named_stores(work)):
        pictures = media_ids_by_name(work, store)
        for number in range(WANTED.get(store.code, random.randint(3, 90))):
            row = _row(store, number, plan, random)
            shown = pictures.get(f"{KINDS[number % len(KINDS)][0]}.jpg")
            yield row | {"image_media_ids": [] if shown is None else [shown]}


def _write_images(work: UnitOfWork) -> None:
    """Let the library know what products show."""
    rows = work.session.execute(select(Product.id, Product.image_media_ids).order_by(Product.id))
    images = [
        {"product_id": product_id, "media_id": media_id, "position": position}
        for product_id, media_ids in rows
        for position, media_id in enumerate(media_ids)
    ]
    if images:
        work.session.execute(insert(ProductImage), images)


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
        "created_at": added,
        "updated_at": added,
    }
