"""Counting tenants for snapshots, all platforms at once; None is all of them together."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from app.modules.tenancy.models import Store, StoreUser, TeamSeat


def count_stores(session: Session) -> Iterator[tuple[int | None, int, int]]:
    """Yield platform, merchants with a store there, and stores; deleted ones left aside."""
    counts = (func.count(Store.merchant_id.distinct()), func.count())
    stands = Store.deleted_at.is_(None)
    by_platform = select(Store.platform_id, *counts).where(stands).group_by(Store.platform_id)
    for platform_id, merchants, stores in session.execute(by_platform):
        yield platform_id, merchants, stores
    merchants, stores = session.execute(select(*counts).where(stands)).one()
    yield None, merchants, stores


def count_members(session: Session) -> Iterator[tuple[int | None, int]]:
    """Yield platform and distinct members, active or invited, owners left aside (D14)."""
    people = func.count(TeamSeat.user_id.distinct())
    yield from session.execute(select(TeamSeat.platform_id, people).group_by(TeamSeat.platform_id))
    yield None, session.scalars(select(people)).one()


def with_new_members(since: datetime) -> Select[int, int]:
    """Return the query of platforms and merchants that invited somebody since then."""
    return select(StoreUser.platform_id, StoreUser.merchant_id).where(StoreUser.created_at >= since)
