"""Platforms: read by admins within their scope, written by super admins."""

from typing import Annotated

from fastapi import Depends, Response

from app.kit.db import unit_of_work
from app.kit.http.etags import ExpectedVersion, set_etag
from app.kit.http.idempotency import idempotent
from app.kit.http.paging import PageOut, Paging, Search
from app.kit.http.router import api_router
from app.modules.tenancy.guards import AdminVisit, as_admin
from app.modules.tenancy.permissions import MANAGE_PLATFORMS, VIEW_ADMIN
from app.modules.tenancy.repositories import admin_platforms
from app.modules.tenancy.repositories.admin_platforms import PlatformListed
from app.modules.tenancy.routes.operating import operating
from app.modules.tenancy.schemas.platforms import PlatformIn, PlatformOut, PlatformPatch
from app.modules.tenancy.services.manage_platforms import (
    PlatformDraft,
    create_platform,
    update_platform,
)
from app.modules.tenancy.services.operator import Operator

router = api_router("/admin/platforms", "Admin: platforms")
Reader = Annotated[AdminVisit, Depends(as_admin(VIEW_ADMIN))]
Writer = Annotated[Operator, Depends(operating(MANAGE_PLATFORMS))]


@router.get("")
def get_platforms(
    reader: Reader, paging: Paging, search: Search = None, active: bool | None = None
) -> PageOut[PlatformOut]:
    """The platforms in scope; sorts: name, code, created_at."""
    with unit_of_work(read_only=True) as work:
        page = admin_platforms.list_platforms(
            work.session, reader.scope, search=search, active=active, request=paging
        )
        return PageOut[PlatformOut].of(page.map(_out))


@router.get("/{platform_id}")
def get_platform(platform_id: int, reader: Reader, response: Response) -> PlatformOut:
    """One platform."""
    with unit_of_work(read_only=True) as work:
        return _tagged(
            response, admin_platforms.get_platform(work.session, reader.scope, platform_id)
        )


@router.post("", status_code=201)
@idempotent
def post_platform(body: PlatformIn, writer: Writer, response: Response) -> PlatformOut:
    """Create a platform; its first tiers come with it."""
    with unit_of_work() as work:
        draft = PlatformDraft(**body.model_dump())
        return _tagged(response, create_platform(work, writer, draft=draft))


@router.patch("/{platform_id}")
def patch_platform(
    platform_id: int,
    body: PlatformPatch,
    writer: Writer,
    expected: ExpectedVersion,
    response: Response,
) -> PlatformOut:
    """Change name, time zone or activity; code and currency stay for good."""
    changes = body.model_dump(exclude_unset=True)
    with unit_of_work() as work:
        found = update_platform(work, writer, platform_id, changes=changes, expected=expected)
        return _tagged(response, found)


def _tagged(response: Response, found: PlatformListed) -> PlatformOut:
    set_etag(response, found.platform.version)
    return _out(found)


def _out(found: PlatformListed) -> PlatformOut:
    return PlatformOut.of(found.platform, stores=found.stores)
