"""All products of a store at once, each by one statement."""

from datetime import datetime
from typing import Any, cast

from sqlalchemy import ColumnElement, CursorResult, update
from sqlalchemy.orm import Session

from app.contracts.tenants import StoreRef
from app.modules.catalog.models import Product


def delete_with_store(session: Session, store: StoreRef, *, at: datetime) -> int:
    """Delete the products that stand; returns how many they were."""
    gone = {"deleted_at": at, "deleted_with_store": True}
    return _change(session, store, Product.deleted_at.is_(None), gone, at=at)


def restore_with_store(session: Session, store: StoreRef, *, at: datetime) -> int:
    """Bring back the products that went with the store; returns how many they are."""
    back = {"deleted_at": None, "deleted_with_store": False}
    return _change(session, store, Product.deleted_with_store.is_(True), back, at=at)


def _change(
    session: Session,
    store: StoreRef,
    which: ColumnElement[bool],
    values: dict[str, Any],
    *,
    at: datetime,
) -> int:
    statement = (
        update(Product)
        .where(Product.merchant_id == store.owner.merchant_id, Product.store_id == store.id, which)
        .values(**values, updated_at=at, version=Product.version + 1)
        .execution_options(synchronize_session=False)
    )
    return cast("CursorResult[Any]", session.execute(statement)).rowcount
