"""Owners and team members of the merchants somebody may see, each person once (D39)."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import ColumnElement, and_, case, exists, func, or_, select
from sqlalchemy.orm import Session

from app.kit.pagination import Page, PageRequest, Sorting, paginate_rows
from app.modules.tenancy.models import MemberStatus, Merchant, Store, StoreUser, User, UserType
from app.modules.tenancy.repositories.scoping import Tenants, starts_with

SORTING = Sorting(
    {"email": User.email, "name": User.display_name, "created_at": User.created_at},
    tie=User.id,
    default="email",
)


class MerchantUserType(StrEnum):
    """The part a person plays; nobody plays both."""

    OWNER = "owner"
    TEAM_MEMBER = "team_member"


@dataclass(frozen=True)
class MerchantUserFilters:
    """What the list, and the figures beside it, are narrowed to."""

    search: str | None = None
    type: MerchantUserType | None = None
    active: bool | None = None


@dataclass(frozen=True)
class Workplace:
    """A store of a person; `role` is `owner`, or the member's role and status."""

    user_id: int
    store_id: int
    store_code: str
    store_name: str
    merchant_id: int
    merchant_name: str
    role: str
    status: str


@dataclass(frozen=True)
class OwnedMerchant:
    """A merchant of an owner."""

    user_id: int
    merchant_id: int
    merchant_name: str


@dataclass(frozen=True)
class Person:
    """One person of the list."""

    user: User
    type: MerchantUserType


@dataclass(frozen=True)
class MerchantUserStats:
    """How many there are; owners + team members = total = active + inactive."""

    total: int
    owners: int
    team_members: int
    active: int
    inactive: int


def list_people(
    session: Session, tenants: Tenants, *, filters: MerchantUserFilters, request: PageRequest
) -> Page[Person]:
    """Return a page of owners and team members."""
    owns = _owns(tenants)
    rows = select(User, owns.label("owns")).where(_narrowed(tenants, filters))
    given = {"tenants": tenants.name, "filters": repr(filters)}
    page = paginate_rows(session, rows, sorting=SORTING, request=request, filters=given)
    types = {True: MerchantUserType.OWNER, False: MerchantUserType.TEAM_MEMBER}
    return page.map(lambda row: Person(row[0], types[bool(row[1])]))


def count_people(
    session: Session, tenants: Tenants, *, filters: MerchantUserFilters
) -> MerchantUserStats:
    """Count what the list would show."""
    people = (
        select(User.is_active.label("is_active"), _owns(tenants).label("owns"))
        .where(_narrowed(tenants, filters))
        .subquery()
    )
    total, owners, active = session.execute(
        select(func.count(), _number_of(people.c.owns), _number_of(people.c.is_active)).select_from(
            people
        )
    ).one()
    return MerchantUserStats(total, owners, total - owners, active, total - active)


def merchants_owned(
    session: Session, tenants: Tenants, user_ids: Sequence[int]
) -> list[OwnedMerchant]:
    """Return the merchants of these owners, by name."""
    rows = session.execute(
        select(Merchant.owner_user_id, Merchant.id, Merchant.name)
        .where(tenants.merchants, Merchant.owner_user_id.in_(user_ids))
        .order_by(Merchant.name, Merchant.id)
    )
    return [OwnedMerchant(*row) for row in rows]


def memberships_of(session: Session, tenants: Tenants, user_ids: Sequence[int]) -> list[Workplace]:
    """Return where these people work or are invited to, by store name."""
    rows = session.execute(
        select(
            StoreUser.user_id,
            Store.id,
            Store.code,
            Store.name,
            Merchant.id,
            Merchant.name,
            StoreUser.role,
            StoreUser.status,
        )
        .join(Store, Store.id == StoreUser.store_id)
        .join(Merchant, Merchant.id == Store.merchant_id)
        .where(tenants.stores, StoreUser.user_id.in_(user_ids), *_COUNTING)
        .order_by(Store.name, Store.id)
    )
    return [Workplace(*row) for row in rows]


def stores_owned(session: Session, tenants: Tenants, user_ids: Sequence[int]) -> list[Workplace]:
    """Return the stores of these owners' merchants, by name."""
    rows = session.execute(
        select(Merchant.owner_user_id, Store.id, Store.code, Store.name, Merchant.id, Merchant.name)
        .join(Store, Store.merchant_id == Merchant.id)
        .where(
            tenants.merchants,
            tenants.stores,
            Merchant.owner_user_id.in_(user_ids),
            Store.deleted_at.is_(None),
        )
        .order_by(Store.name, Store.id)
    )
    return [Workplace(*row, role="owner", status=MemberStatus.ACTIVE) for row in rows]


_COUNTING = (
    StoreUser.status.in_([MemberStatus.ACTIVE, MemberStatus.INVITED]),
    Store.deleted_at.is_(None),
)


def _narrowed(tenants: Tenants, filters: MerchantUserFilters) -> ColumnElement[bool]:
    is_one = {
        None: or_(_owns(tenants), _works(tenants)),
        MerchantUserType.OWNER: _owns(tenants),
        MerchantUserType.TEAM_MEMBER: and_(_works(tenants), ~_owns(tenants)),
    }[filters.type]
    found = and_(is_one, starts_with(filters.search, User.email, User.display_name))
    return found if filters.active is None else and_(found, User.is_active.is_(filters.active))


def _owns(tenants: Tenants) -> ColumnElement[bool]:
    return exists().where(tenants.merchants, Merchant.owner_user_id == User.id)


def _works(tenants: Tenants) -> ColumnElement[bool]:
    works = exists().where(
        tenants.stores, Store.id == StoreUser.store_id, StoreUser.user_id == User.id, *_COUNTING
    )
    return and_(User.user_type == UserType.MEMBER, works)


def _number_of(flag: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((flag, 1), else_=0)), 0)
