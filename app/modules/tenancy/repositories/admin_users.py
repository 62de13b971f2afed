"""Accounts as super admins see them."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from app.kit.pagination import Page, PageRequest, Sorting, paginate
from app.modules.tenancy.exceptions import UserNotFound
from app.modules.tenancy.models import Merchant, Platform, PlatformAdmin, User, UserType
from app.modules.tenancy.repositories.scoping import starts_with

SORTING = Sorting(
    {"email": User.email, "name": User.display_name, "created_at": User.created_at},
    tie=User.id,
    default="email",
)


@dataclass(frozen=True)
class UserFilters:
    """What a list of accounts is narrowed to."""

    search: str | None = None
    user_type: UserType | None = None
    active: bool | None = None


@dataclass(frozen=True)
class Grant:
    """A platform that an admin looks after, with the permissions held there by grant."""

    user_id: int
    platform_id: int
    platform_code: str
    platform_name: str
    granted: Sequence[str]


def list_users(session: Session, *, filters: UserFilters, request: PageRequest) -> Page[User]:
    """Return a page of all accounts."""
    rows = select(User).where(starts_with(filters.search, User.email, User.display_name))
    if filters.user_type is not None:
        rows = rows.where(User.user_type == filters.user_type)
    if filters.active is not None:
        rows = rows.where(User.is_active.is_(filters.active))
    given = {"filters": repr(filters)}
    return paginate(session, rows, sorting=SORTING, request=request, filters=given)


def get_user(session: Session, user_id: int) -> User:
    """Return one account. Raises UserNotFound."""
    user = session.get(User, user_id)
    if user is None:
        raise UserNotFound
    return user


def find_user_by_email(session: Session, email: str) -> User | None:
    """Return the account with a mail address in its normal form."""
    return session.scalars(select(User).where(User.email == email)).first()


def grants_of(session: Session, user_ids: Sequence[int]) -> dict[int, list[Grant]]:
    """Return the platforms of these admins, by name."""
    rows = session.execute(
        select(
            PlatformAdmin.user_id,
            Platform.id,
            Platform.code,
            Platform.name,
            PlatformAdmin.granted,
        )
        .join(Platform, Platform.id == PlatformAdmin.platform_id)
        .where(PlatformAdmin.user_id.in_(user_ids))
        .order_by(Platform.name)
    )
    found: dict[int, list[Grant]] = {}
    for row in rows:
        found.setdefault(row.user_id, []).append(Grant(*row))
    return found


def owns_merchants(session: Session, user_id: int) -> bool:
    """Whether somebody owns a merchant, an inactive one too."""
    return bool(session.scalar(select(exists().where(Merchant.owner_user_id == user_id))))


def other_super_admins(session: Session, user_id: int) -> int:
    """Count the active super admins beside one; they stay as they are until the commit."""
    others = (
        select(User.id)
        .where(User.user_type == UserType.SUPER_ADMIN, User.is_active)
        .order_by(User.id)
        .with_for_update()
    )
    return len([found for found in session.scalars(others) if found != user_id])


def known_platform_ids(session: Session, platform_ids: Sequence[int]) -> set[int]:
    """Return which of these platforms there are."""
    return set(session.scalars(select(Platform.id).where(Platform.id.in_(platform_ids))))


def count_users(session: Session) -> int:
    """Count all accounts."""
    return session.scalars(select(func.count()).select_from(User)).one()
