"""Finding stores; a deleted one is found by nobody."""

from collections.abc import Collection, Iterator

from sqlalchemy import Row, Select, exists, func, select
from sqlalchemy.orm import Session

from app.contracts.tenants import Owner, StoreRef
from app.kit.among import among
from app.modules.tenancy.models import Platform, Store


def _references() -> Select[Store, Platform]:
    return (
        select(Store, Platform)
        .join(Platform, Platform.id == Store.platform_id)
        .where(Store.deleted_at.is_(None))
    )


def find_store_by_code(session: Session, code: str) -> StoreRef | None:
    """Return the store with a code."""
    return _reference(session.execute(_references().where(Store.code == code)).first())


def find_store_by_id(session: Session, store_id: int) -> StoreRef | None:
    """Return the store with an id."""
    return _reference(session.execute(_references().where(Store.id == store_id)).first())


def every_store(session: Session) -> Iterator[StoreRef]:
    """Yield all stores in the order of their creation."""
    for row in session.execute(_references().order_by(Store.id)):
        yield reference_of(*row)


def find_only_store(
    session: Session, *, merchant_ids: frozenset[int], store_ids: frozenset[int]
) -> StoreRef | None:
    """Return the one store of these merchants and ids; None when there are several or none."""
    rows = session.execute(
        _references()
        .where(Store.merchant_id.in_(merchant_ids) | Store.id.in_(store_ids))
        .order_by(Store.id)
        .limit(2)
    ).all()
    return _reference(rows[0]) if len(rows) == 1 else None


def find_first_store(session: Session, owner: Owner) -> StoreRef | None:
    """Return the oldest store of a merchant on a platform."""
    theirs = _references().where(
        Store.merchant_id == owner.merchant_id, Store.platform_id == owner.platform_id
    )
    return _reference(session.execute(theirs.order_by(Store.id).limit(1)).first())


def first_stores(session: Session, merchant_ids: Collection[int]) -> Iterator[StoreRef]:
    """Yield the oldest store of each of these merchants on each platform."""
    oldest = (
        select(func.min(Store.id))
        .where(among(Store.merchant_id, merchant_ids), Store.deleted_at.is_(None))
        .group_by(Store.merchant_id, Store.platform_id)
    )
    columns = (Store.id, Store.code, Store.name, Store.merchant_id, Store.platform_id)
    rows = session.execute(
        select(*columns, Platform.currency, Platform.timezone, Store.is_active)
        .join(Platform, Platform.id == Store.platform_id)
        .where(Store.id.in_(oldest))
    )
    for row in rows:
        yield StoreRef(
            id=row.id,
            code=row.code,
            name=row.name,
            owner=Owner(row.merchant_id, row.platform_id),
            currency=row.currency,
            timezone=row.timezone,
            is_active=row.is_active,
        )


def has_had_store(session: Session, owner: Owner) -> bool:
    """Whether a merchant has, or once had, a store on a platform."""
    had = exists().where(
        Store.merchant_id == owner.merchant_id, Store.platform_id == owner.platform_id
    )
    return bool(session.scalar(select(had)))


def reference_of(store: Store, platform: Platform) -> StoreRef:
    """Return a store of a platform as other modules see it."""
    return StoreRef(
        id=store.id,
        code=store.code,
        name=store.name,
        owner=Owner(store.merchant_id, store.platform_id),
        currency=platform.currency,
        timezone=platform.timezone,
        is_active=store.is_active,
    )


def _reference(row: Row[Store, Platform] | None) -> StoreRef | None:
    return None if row is None else reference_of(*row)
