"""Figures of tenants for the admins' first page."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.contracts.tenants import AdminScope
from app.modules.tenancy.models import Merchant, Platform, Store
from app.modules.tenancy.repositories.scoping import merchants_in, platforms_in, stores_in

NEWEST = 5


@dataclass(frozen=True)
class Figures:
    """How many there are in scope, closed ones included, deleted ones not."""

    platforms: int
    merchants: int
    stores: int


def tenancy_figures(session: Session, scope: AdminScope) -> Figures:
    """Count platforms, merchants and stores in scope."""
    platforms, merchants, stores = session.execute(
        select(
            select(func.count(Platform.id)).where(platforms_in(scope)).scalar_subquery(),
            select(func.count(Merchant.id)).where(merchants_in(scope)).scalar_subquery(),
            select(func.count(Store.id))
            .where(stores_in(scope), Store.deleted_at.is_(None))
            .scalar_subquery(),
        )
    ).one()
    return Figures(platforms, merchants, stores)


def newest_merchants(session: Session, scope: AdminScope) -> Sequence[Merchant]:
    """Return the merchants in scope that came last."""
    return session.scalars(
        select(Merchant)
        .where(merchants_in(scope))
        .order_by(Merchant.created_at.desc(), Merchant.id.desc())
        .limit(NEWEST)
    ).all()
