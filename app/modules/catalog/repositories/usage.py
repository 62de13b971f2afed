"""Counting products by set queries: for reconcile, and how they became so many."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.contracts.tenants import Owner
from app.kit.day_sums import net_by_day
from app.modules.catalog.models import Product


def count_products(
    session: Session, platform_id: int, *, merchant_ids: Sequence[int] | None
) -> Iterable[tuple[int, int]]:
    """Yield merchants of a platform with how many products they have; None is all of them."""
    query = (
        select(Product.merchant_id, func.count())
        .where(Product.platform_id == platform_id, Product.deleted_at.is_(None))
        .group_by(Product.merchant_id)
    )
    if merchant_ids is not None:
        query = query.where(Product.merchant_id.in_(merchant_ids))
    return ((merchant_id, used) for merchant_id, used in session.execute(query))


def products_by_day(session: Session, owner: Owner, starts: Sequence[datetime]) -> list[int]:
    """Return how many more products a merchant had at the end of each span than at its start."""
    own = (Product.merchant_id == owner.merchant_id, Product.platform_id == owner.platform_id)
    return net_by_day(session, own, starts, came=Product.created_at, went=Product.deleted_at)
