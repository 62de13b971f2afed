"""The platforms of one merchant."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.modules.tenancy.models import Platform, Store


@dataclass(frozen=True)
class MerchantPlatform:
    """A platform and how many stores a merchant has there."""

    id: int
    code: str
    name: str
    is_active: bool
    stores: int


def merchant_platforms(session: Session, merchant_id: int) -> list[MerchantPlatform]:
    """Return where a merchant sells, and where it could: the open platforms, by name."""
    stores = (
        select(Store.platform_id, func.count().label("stores"))
        .where(Store.merchant_id == merchant_id, Store.deleted_at.is_(None))
        .group_by(Store.platform_id)
        .subquery()
    )
    rows = session.execute(
        select(
            Platform.id,
            Platform.code,
            Platform.name,
            Platform.is_active,
            func.coalesce(stores.c.stores, 0),
        )
        .outerjoin(stores, stores.c.platform_id == Platform.id)
        .where(Platform.is_active | stores.c.stores.is_not(None))
        .order_by(Platform.name, Platform.id)
    )
    return [MerchantPlatform(*row) for row in rows]


def platforms_sold_on(session: Session, merchant_id: int) -> list[int]:
    """Return the ids of the platforms where a merchant has stores, in a stable order."""
    query = select(Store.platform_id).where(
        Store.merchant_id == merchant_id, Store.deleted_at.is_(None)
    )
    return list(session.scalars(query.distinct().order_by(Store.platform_id)))
