"""Merchants as operators see them."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import Select, exists, func, select
from sqlalchemy.orm import Session

from app.contracts.tenants import AdminScope
from app.kit.pagination import Page, PageRequest, Sorting, paginate_rows
from app.modules.tenancy.exceptions import MerchantNotFound
from app.modules.tenancy.models import Merchant, Platform, Store, User
from app.modules.tenancy.repositories.scoping import (
    merchants_in,
    starts_with,
    stores_in,
    tenants_of_admin,
)

SORTING = Sorting(
    {"name": Merchant.name, "created_at": Merchant.created_at}, tie=Merchant.id, default="name"
)


@dataclass(frozen=True)
class Presence:
    """How many stores a merchant has on one platform."""

    platform_id: int
    platform_code: str
    platform_name: str
    stores: int


@dataclass(frozen=True)
class MerchantListed:
    """A merchant with its owner and the platforms in scope it sells on."""

    merchant: Merchant
    owner: User
    presence: Sequence[Presence] = field(default=())


@dataclass(frozen=True)
class MerchantFilters:
    """What a list of merchants is narrowed to."""

    search: str | None = None
    active: bool | None = None
    platform_id: int | None = None


def list_merchants(
    session: Session, scope: AdminScope, *, filters: MerchantFilters, request: PageRequest
) -> Page[MerchantListed]:
    """Return a page of the merchants in scope."""
    rows = _rows(scope).where(
        starts_with(filters.search, Merchant.name, Merchant.contact_email, Merchant.vat_number)
    )
    if filters.active is not None:
        rows = rows.where(Merchant.is_active.is_(filters.active))
    if filters.platform_id is not None:
        rows = rows.where(
            exists().where(
                Store.merchant_id == Merchant.id,
                Store.platform_id == filters.platform_id,
                stores_in(scope),
            )
        )
    given = {"scope": tenants_of_admin(scope).name, "filters": repr(filters)}
    page = paginate_rows(session, rows, sorting=SORTING, request=request, filters=given)
    present = _presence(session, scope, [row[0].id for row in page.items])
    return page.map(lambda row: MerchantListed(row[0], row[1], present.get(row[0].id, ())))


def get_merchant(session: Session, scope: AdminScope, merchant_id: int) -> MerchantListed:
    """Return one merchant in scope. Raises MerchantNotFound."""
    row = session.execute(_rows(scope).where(Merchant.id == merchant_id)).first()
    if row is None:
        raise MerchantNotFound
    present = _presence(session, scope, [merchant_id])
    return MerchantListed(row[0], row[1], present.get(merchant_id, ()))


def has_stores_beyond(session: Session, scope: AdminScope, merchant_id: int) -> bool:
    """Whether a merchant sells on platforms outside the scope as well."""
    if scope.platform_ids is None:
        return False
    beyond = exists().where(
        Store.merchant_id == merchant_id,
        Store.deleted_at.is_(None),
        Store.platform_id.not_in(scope.platform_ids),
    )
    return bool(session.scalar(select(beyond)))


def _rows(scope: AdminScope) -> Select[Merchant, User]:
    return (
        select(Merchant, User)
        .join(User, User.id == Merchant.owner_user_id)
        .where(merchants_in(scope))
    )


def _presence(
    session: Session, scope: AdminScope, merchant_ids: Sequence[int]
) -> dict[int, list[Presence]]:
    rows = session.execute(
        select(Store.merchant_id, Platform.id, Platform.code, Platform.name, func.count())
        .join(Platform, Platform.id == Store.platform_id)
        .where(stores_in(scope), Store.merchant_id.in_(merchant_ids), Store.deleted_at.is_(None))
        .group_by(Store.merchant_id, Platform.id, Platform.code, Platform.name)
        .order_by(Platform.name)
    )
    found: dict[int, list[Presence]] = {}
    for merchant_id, platform_id, code, name, stores in rows:
        found.setdefault(merchant_id, []).append(Presence(platform_id, code, name, stores))
    return found
