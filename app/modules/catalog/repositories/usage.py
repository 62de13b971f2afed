"""Counting products for reconcile, by one set query."""

from collections.abc import Iterable, Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

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
