"""Counting stores and people from their rows (D14)."""

from collections.abc import Sequence

from sqlalchemy import Row, func, select
from sqlalchemy.orm import Session

from app.modules.tenancy.models import MemberStatus, Merchant, Store, StoreUser

PRESENT = (MemberStatus.ACTIVE, MemberStatus.INVITED)


def count_stores(
    session: Session, platform_id: int, *, merchant_ids: Sequence[int] | None
) -> Sequence[Row[int, int]]:
    """Return merchant id and number of stores that are not deleted, inactive ones included."""
    query = (
        select(Store.merchant_id, func.count())
        .where(Store.platform_id == platform_id, Store.deleted_at.is_(None))
        .group_by(Store.merchant_id)
    )
    if merchant_ids is not None:
        query = query.where(Store.merchant_id.in_(merchant_ids))
    return session.execute(query).all()


def count_members(
    session: Session, platform_id: int, *, merchant_ids: Sequence[int] | None
) -> Sequence[Row[int, int]]:
    """Return merchant id and number of distinct members, active or invited, the owner aside.

    Somebody in two stores of a merchant is one member; members of deleted stores count no more.
    """
    query = (
        select(StoreUser.merchant_id, func.count(StoreUser.user_id.distinct()))
        .join(Store, Store.id == StoreUser.store_id)
        .join(Merchant, Merchant.id == StoreUser.merchant_id)
        .where(
            StoreUser.platform_id == platform_id,
            StoreUser.status.in_(PRESENT),
            Store.deleted_at.is_(None),
            StoreUser.user_id != Merchant.owner_user_id,
        )
        .group_by(StoreUser.merchant_id)
    )
    if merchant_ids is not None:
        query = query.where(StoreUser.merchant_id.in_(merchant_ids))
    return session.execute(query).all()
