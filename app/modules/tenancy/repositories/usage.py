"""Counting stores and people from their rows (D14)."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Row, and_, func, select
from sqlalchemy.orm import Session

from app.contracts.tenants import Owner
from app.kit.day_sums import net_by_day, sums_by_day
from app.modules.tenancy.models import MemberStatus, Merchant, Store, StoreUser, TeamSeat

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


def stores_by_day(session: Session, owner: Owner, starts: Sequence[datetime]) -> list[int]:
    """Return how many more stores a merchant had at the end of each span than at its start."""
    own = (Store.merchant_id == owner.merchant_id, Store.platform_id == owner.platform_id)
    return net_by_day(session, own, starts, came=Store.created_at, went=Store.deleted_at)


def members_by_day(session: Session, owner: Owner, starts: Sequence[datetime]) -> list[int]:
    """Return how many of a merchant's present members came in each span; when others left is
    not known."""
    came = (
        select(func.min(StoreUser.created_at).label("at"))
        .join(
            TeamSeat,
            and_(
                TeamSeat.merchant_id == StoreUser.merchant_id,
                TeamSeat.platform_id == StoreUser.platform_id,
                TeamSeat.user_id == StoreUser.user_id,
            ),
        )
        .where(
            StoreUser.merchant_id == owner.merchant_id, StoreUser.platform_id == owner.platform_id
        )
        .group_by(StoreUser.user_id)
        .subquery()
    )
    return [count for (count,) in sums_by_day(session, came.c.at, (), starts)]
