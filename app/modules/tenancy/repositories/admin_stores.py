"""Stores as operators and owners see them, deleted ones included where asked for."""

from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import ColumnElement, Select, and_, select
from sqlalchemy.orm import Session

from app.kit.pagination import Page, PageRequest, Sorting, paginate_rows
from app.modules.tenancy.exceptions import StoreNotFound
from app.modules.tenancy.models import MemberStatus, Merchant, Platform, Store, StoreUser, User
from app.modules.tenancy.repositories.scoping import Tenants, starts_with

SORTING = Sorting(
    {
        "name": Store.name,
        "code": Store.code,
        "merchant": Merchant.name,
        "created_at": Store.created_at,
    },
    tie=Store.id,
    default="name",
)
MAX_TEAM = 200


class StoreStatus(StrEnum):
    """Where a store stands."""

    ACTIVE = "active"
    INACTIVE = "inactive"
    DELETED = "deleted"


@dataclass(frozen=True)
class StoreListed:
    """A store with the merchant that runs it and the platform it is on."""

    store: Store
    merchant: Merchant
    platform: Platform

    @property
    def status(self) -> StoreStatus:
        """Deleted wins over inactive."""
        if self.store.deleted_at is not None:
            return StoreStatus.DELETED
        return StoreStatus.ACTIVE if self.store.is_active else StoreStatus.INACTIVE


@dataclass(frozen=True)
class StoreFilters:
    """What a list of stores is narrowed to; without a status all but the deleted."""

    search: str | None = None
    status: StoreStatus | None = None
    platform_id: int | None = None
    merchant_id: int | None = None


@dataclass(frozen=True)
class TeamMember:
    """Somebody who works in a store or is invited to."""

    user: User
    role: str
    status: str


def list_stores(
    session: Session, tenants: Tenants, *, filters: StoreFilters, request: PageRequest
) -> Page[StoreListed]:
    """Return a page of stores."""
    rows = _rows(tenants).where(
        _STATUS_IS[filters.status], starts_with(filters.search, Store.name, Store.code)
    )
    if filters.platform_id is not None:
        rows = rows.where(Store.platform_id == filters.platform_id)
    if filters.merchant_id is not None:
        rows = rows.where(Store.merchant_id == filters.merchant_id)
    given = {"tenants": tenants.name, "filters": repr(filters)}
    page = paginate_rows(session, rows, sorting=SORTING, request=request, filters=given)
    return page.map(lambda row: StoreListed(*row))


def get_store(session: Session, tenants: Tenants, store_id: int) -> StoreListed:
    """Return one store, a deleted one too. Raises StoreNotFound."""
    row = session.execute(_rows(tenants).where(Store.id == store_id)).first()
    if row is None:
        raise StoreNotFound
    return StoreListed(*row)


def team_of(session: Session, store_id: int) -> list[TeamMember]:
    """Return who is active or invited in a store, by mail address."""
    rows = session.execute(
        select(User, StoreUser.role, StoreUser.status)
        .join(StoreUser, StoreUser.user_id == User.id)
        .where(StoreUser.store_id == store_id, StoreUser.status != MemberStatus.REMOVED)
        .order_by(User.email)
        .limit(MAX_TEAM)
    )
    return [TeamMember(*row) for row in rows]


_STATUS_IS: dict[StoreStatus | None, ColumnElement[bool]] = {
    None: Store.deleted_at.is_(None),
    StoreStatus.ACTIVE: and_(Store.deleted_at.is_(None), Store.is_active),
    StoreStatus.INACTIVE: and_(Store.deleted_at.is_(None), Store.is_active.is_(False)),
    StoreStatus.DELETED: Store.deleted_at.is_not(None),
}


def _rows(tenants: Tenants) -> Select[Store, Merchant, Platform]:
    return (
        select(Store, Merchant, Platform)
        .join(Merchant, Merchant.id == Store.merchant_id)
        .join(Platform, Platform.id == Store.platform_id)
        .where(tenants.stores)
    )


def owner_of(session: Session, merchant: Merchant) -> User:
    """Return who owns a merchant."""
    return session.get_one(User, merchant.owner_user_id)
