"""The first condition of every query of operators and owners: whose rows it may see."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, exists, or_, true
from sqlalchemy.orm import InstrumentedAttribute, aliased

from app.contracts.tenants import AdminScope
from app.modules.tenancy.models import Merchant, Platform, Store

TextColumn = InstrumentedAttribute[str] | InstrumentedAttribute[str | None]


@dataclass(frozen=True)
class Tenants:
    """Conditions on merchants and stores that belong to one asker; `name` tells askers apart."""

    name: str
    merchants: ColumnElement[bool]
    stores: ColumnElement[bool]


def tenants_of_admin(scope: AdminScope) -> Tenants:
    """Return what the admins of these platforms look after (D39)."""
    ids = sorted(scope.platform_ids) if scope.platform_ids is not None else "all"
    return Tenants(f"platforms:{ids}", merchants_in(scope), stores_in(scope))


def tenants_of_merchant(merchant_id: int) -> Tenants:
    """Return one merchant and its stores."""
    return Tenants(
        f"merchant:{merchant_id}", Merchant.id == merchant_id, Store.merchant_id == merchant_id
    )


def platforms_in(scope: AdminScope) -> ColumnElement[bool]:
    """Whether a platform is looked after."""
    return true() if scope.platform_ids is None else Platform.id.in_(scope.platform_ids)


def stores_in(scope: AdminScope) -> ColumnElement[bool]:
    """Whether a store is on a platform that is looked after."""
    return true() if scope.platform_ids is None else Store.platform_id.in_(scope.platform_ids)


def merchants_in(scope: AdminScope) -> ColumnElement[bool]:
    """Whether a merchant has, or had, a store on a platform that is looked after.

    Deleted stores count, so that whoever may restore one still finds its merchant.
    """
    if scope.platform_ids is None:
        return true()
    present = aliased(Store)  # of its own, since the query around may read stores too
    return exists().where(
        present.merchant_id == Merchant.id, present.platform_id.in_(scope.platform_ids)
    )


def starts_with(search: str | None, *columns: TextColumn) -> ColumnElement[bool]:
    """Whether one of the columns begins with `search`, whatever the case; nothing fits all."""
    if not search or not search.strip():
        return true()
    return or_(*(column.istartswith(search.strip(), autoescape=True) for column in columns))
