"""Places in teams; the merchant first."""

from collections.abc import Collection

from sqlalchemy import ColumnElement, CursorResult, delete, select
from sqlalchemy.orm import Session

from app.contracts.tenants import Owner
from app.kit.upsert import insert_or_ignore
from app.modules.tenancy.models import MemberStatus, Merchant, Store, StoreUser, TeamSeat

PRESENT = (MemberStatus.ACTIVE, MemberStatus.INVITED)


def add_seats(session: Session, owner: Owner, user_ids: Collection[int]) -> int:
    """Give people seats who have none; returns how many are new."""
    rows = [{**owner._asdict(), "user_id": user_id} for user_id in sorted(user_ids)]
    return insert_or_ignore(session, TeamSeat, rows)


def lock_seats(session: Session, owner: Owner, user_ids: Collection[int]) -> set[int]:
    """Return who of these has a seat, and keep it from everyone else until commit."""
    return set(
        session.scalars(
            select(TeamSeat.user_id)
            .where(*_of(owner), TeamSeat.user_id.in_(user_ids))
            .order_by(TeamSeat.user_id)
            .with_for_update()
        )
    )


def remove_seats(session: Session, owner: Owner, user_ids: Collection[int]) -> int:
    """Take seats away; returns how many there were."""
    gone = session.execute(delete(TeamSeat).where(*_of(owner), TeamSeat.user_id.in_(user_ids)))
    assert isinstance(gone, CursorResult)
    return gone.rowcount


def working_for(session: Session, owner: Owner, user_ids: Collection[int]) -> set[int]:
    """Return who of these is active or invited in a store that is not deleted."""
    return set(
        session.scalars(
            select(StoreUser.user_id)
            .join(Store, Store.id == StoreUser.store_id)
            .where(
                StoreUser.merchant_id == owner.merchant_id,
                StoreUser.platform_id == owner.platform_id,
                StoreUser.user_id.in_(user_ids),
                StoreUser.status.in_(PRESENT),
                Store.deleted_at.is_(None),
            )
        )
    )


def people_in(session: Session, owner: Owner, store_id: int) -> set[int]:
    """Return who is active or invited in a store, a deleted one too."""
    return set(
        session.scalars(
            select(StoreUser.user_id).where(
                StoreUser.merchant_id == owner.merchant_id,
                StoreUser.store_id == store_id,
                StoreUser.status.in_(PRESENT),
            )
        )
    )


def hold_store(session: Session, owner: Owner, store_id: int) -> int | None:
    """Return who owns a store that is not deleted; neither changes before the commit."""
    return session.scalars(
        select(Merchant.owner_user_id)
        .join(Store, Store.merchant_id == Merchant.id)
        .where(Merchant.id == owner.merchant_id, Store.id == store_id, Store.deleted_at.is_(None))
        .with_for_update(read=True)
    ).first()


def lock_merchant(session: Session, merchant_id: int) -> None:
    """Keep everyone else from the merchant's row until commit."""
    session.execute(select(Merchant.id).where(Merchant.id == merchant_id).with_for_update())


def _of(owner: Owner) -> tuple[ColumnElement[bool], ...]:
    return (
        TeamSeat.merchant_id == owner.merchant_id,
        TeamSeat.platform_id == owner.platform_id,
    )
