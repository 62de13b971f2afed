"""Platforms as operators see them."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from app.contracts.tenants import AdminScope
from app.kit.pagination import Page, PageRequest, Sorting, paginate_rows
from app.modules.tenancy.exceptions import PlatformNotFound
from app.modules.tenancy.models import Platform, Store
from app.modules.tenancy.repositories.scoping import platforms_in, starts_with

SORTING = Sorting(
    {"name": Platform.name, "code": Platform.code, "created_at": Platform.created_at},
    tie=Platform.id,
    default="name",
)
MAX_CHOICES = 500


@dataclass(frozen=True)
class PlatformListed:
    """A platform and how many stores live on it."""

    platform: Platform
    stores: int


def list_platforms(
    session: Session,
    scope: AdminScope,
    *,
    search: str | None,
    active: bool | None,
    request: PageRequest,
) -> Page[PlatformListed]:
    """Return a page of the platforms in scope."""
    rows = select(Platform, _stores()).where(
        platforms_in(scope), starts_with(search, Platform.name, Platform.code)
    )
    if active is not None:
        rows = rows.where(Platform.is_active.is_(active))
    filters = {"scope": _name(scope), "search": search, "active": active}
    page = paginate_rows(session, rows, sorting=SORTING, request=request, filters=filters)
    return page.map(lambda row: PlatformListed(row[0], row[1]))


def get_platform(session: Session, scope: AdminScope, platform_id: int) -> PlatformListed:
    """Return one platform in scope. Raises PlatformNotFound."""
    row = session.execute(
        select(Platform, _stores()).where(platforms_in(scope), Platform.id == platform_id)
    ).first()
    if row is None:
        raise PlatformNotFound
    return PlatformListed(row[0], row[1])


def platform_choices(session: Session, scope: AdminScope) -> list[Platform]:
    """Return the active platforms in scope by name, to choose from."""
    return list(
        session.scalars(
            select(Platform)
            .where(platforms_in(scope), Platform.is_active)
            .order_by(Platform.name, Platform.id)
            .limit(MAX_CHOICES)
        )
    )


def _stores() -> ColumnElement[int]:
    return (
        select(func.count())
        .select_from(Store)
        .where(Store.platform_id == Platform.id, Store.deleted_at.is_(None))
        .scalar_subquery()
    )


def _name(scope: AdminScope) -> str:
    return "all" if scope.platform_ids is None else str(sorted(scope.platform_ids))
