"""Stores of a demo: some with names of their own, and as many further ones as are wanted."""

from collections.abc import Iterator

from sqlalchemy import Subquery, func, select
from sqlalchemy.orm import Session

from app.contracts.tenants import StoreRef
from app.modules.tenancy.models import Platform, Store
from app.modules.tenancy.repositories.stores import reference_of

FURTHER = "shop-"


def named_stores(session: Session) -> Iterator[StoreRef]:
    """Yield the stores with names of their own, in the order of their creation."""
    rows = session.execute(
        select(Store, Platform)
        .join(Platform, Platform.id == Store.platform_id)
        .where(Store.deleted_at.is_(None), ~Store.code.startswith(FURTHER))
        .order_by(Store.id)
    )
    for row in rows:
        yield reference_of(*row)


def further_stores() -> Subquery:
    """Return the further ones as rows: id, code, merchant_id, platform_id, currency and `n`.

    `n` counts them from 0. They are so many that they are to be joined, not read.
    """
    return (
        select(
            Store.id,
            Store.code,
            Store.merchant_id,
            Store.platform_id,
            Platform.currency,
            (func.row_number().over(order_by=Store.id) - 1).label("n"),
        )
        .join(Platform, Platform.id == Store.platform_id)
        .where(Store.code.startswith(FURTHER))
        .subquery("further_stores")
    )
