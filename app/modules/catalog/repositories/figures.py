"""Counting products for snapshots and for a store's analytics."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from app.contracts.tenants import StoreRef
from app.kit.day_sums import sums_by_day
from app.modules.catalog.models import Product

MOST_COUNTED = 10_000


@dataclass(frozen=True)
class Assortment:
    """How many products a store has, and how many of them are on sale.

    Counting ends at `MOST_COUNTED`, so that a page costs the same however many there are;
    `has_more` says that it did.
    """

    products: int
    on_sale: int
    has_more: bool


def assortment(session: Session, store: StoreRef) -> Assortment:
    """Count the products of a store that are not deleted."""
    some = (
        select(Product.is_active)
        .where(
            Product.merchant_id == store.owner.merchant_id,
            Product.store_id == store.id,
            Product.deleted_at.is_(None),
        )
        .limit(MOST_COUNTED + 1)
        .subquery()
    )
    query = select(func.count(), func.count().filter(some.c.is_active)).select_from(some)
    products, on_sale = session.execute(query).one()
    if products <= MOST_COUNTED:
        return Assortment(products, on_sale, has_more=False)
    return Assortment(MOST_COUNTED, min(on_sale, MOST_COUNTED), has_more=True)


def count_by_platform(session: Session) -> dict[int, int]:
    """Return platforms with their products, deleted ones left aside."""
    found = session.execute(
        select(Product.platform_id, func.count().label("counted"))
        .where(Product.deleted_at.is_(None))
        .group_by(Product.platform_id)
    )
    return {row.platform_id: row.counted for row in found}


def with_written_products(since: datetime) -> Select[int, int]:
    """Return the query of platforms and merchants that wrote a product since then."""
    return select(Product.platform_id, Product.merchant_id).where(Product.updated_at >= since)


def added_between(session: Session, store: StoreRef, starts: Sequence[datetime]) -> list[int]:
    """Return how many products of a store were created between each instant and the next."""
    own = (Product.merchant_id == store.owner.merchant_id, Product.store_id == store.id)
    return [count for (count,) in sums_by_day(session, Product.created_at, own, starts)]
