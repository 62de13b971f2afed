"""Accounts, for super admins."""

from collections.abc import Sequence
from typing import Annotated

from fastapi import Depends, Response

from app.kit.db import UnitOfWork, unit_of_work
from app.kit.http.etags import ExpectedVersion, set_etag
from app.kit.http.idempotency import idempotent
from app.kit.http.paging import PageOut, Paging, Search
from app.kit.http.router import api_router
from app.modules.tenancy.guards import as_admin
from app.modules.tenancy.models import User, UserType
from app.modules.tenancy.permissions import MANAGE_USERS
from app.modules.tenancy.repositories import admin_users
from app.modules.tenancy.repositories.admin_users import Grant, UserFilters
from app.modules.tenancy.routes.operating import operating
from app.modules.tenancy.schemas.users import AccountOut, AdminIn, GrantIn, GrantOut, UserPatch
from app.modules.tenancy.services.manage_users import (
    AdminDraft,
    PlatformGrant,
    create_admin,
    update_user,
)
from app.modules.tenancy.services.operator import Operator

router = api_router("/admin/users", "Admin: users")
MAY_READ = [Depends(as_admin(MANAGE_USERS))]
Super = Annotated[Operator, Depends(operating(MANAGE_USERS))]


@router.get("", dependencies=MAY_READ)
def get_users(
    paging: Paging,
    search: Search = None,
    user_type: UserType | None = None,
    active: bool | None = None,
) -> PageOut[AccountOut]:
    """All accounts; search in mail and name; sorts: email, name, created_at."""
    filters = UserFilters(search, user_type, active)
    with unit_of_work(read_only=True) as work:
        page = admin_users.list_users(work.session, filters=filters, request=paging)
        grants = admin_users.grants_of(work.session, [user.id for user in page.items])
        return PageOut[AccountOut].of(page.map(lambda user: _out(user, grants.get(user.id, []))))


@router.get("/{user_id}", dependencies=MAY_READ)
def get_user(user_id: int, response: Response) -> AccountOut:
    """One account."""
    with unit_of_work(read_only=True) as work:
        return _tagged(work, response, admin_users.get_user(work.session, user_id))


@router.post("", status_code=201)
@idempotent
def post_user(body: AdminIn, writer: Super, response: Response) -> AccountOut:
    """Create an admin; a link to choose a password goes out by mail."""
    draft = AdminDraft(
        body.email,
        body.display_name,
        user_type=body.user_type,
        locale=body.locale,
        platforms=_grants(body.platforms),
    )
    with unit_of_work() as work:
        return _tagged(work, response, create_admin(work, writer, draft=draft))


@router.patch("/{user_id}")
def patch_user(
    user_id: int, body: UserPatch, writer: Super, expected: ExpectedVersion, response: Response
) -> AccountOut:
    """Change type, activity, name, language, or the platforms of an admin."""
    changes = body.model_dump(exclude_unset=True, exclude={"platforms"})
    given = "platforms" in body.model_fields_set
    with unit_of_work() as work:
        user = update_user(
            work,
            writer,
            user_id,
            changes=changes,
            platforms=_grants(body.platforms) if given else None,
            expected=expected,
        )
        return _tagged(work, response, user)


def _grants(given: Sequence[GrantIn]) -> list[PlatformGrant]:
    return [PlatformGrant(one.platform_id, one.granted) for one in given]


def _tagged(work: UnitOfWork, response: Response, user: User) -> AccountOut:
    set_etag(response, user.version)
    return _out(user, admin_users.grants_of(work.session, [user.id]).get(user.id, []))


def _out(user: User, grants: Sequence[Grant]) -> AccountOut:
    platforms = [
        GrantOut(
            platform_id=one.platform_id,
            code=one.platform_code,
            name=one.platform_name,
            granted=list(one.granted),
        )
        for one in grants
    ]
    return AccountOut.of(user, platforms=platforms)
