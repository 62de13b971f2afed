"""Figures of a store's products."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.contracts.tenants import StoreRef
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
