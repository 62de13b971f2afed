"""Routes that go wrong in every way there is, for the proofs of what holds for all routes."""

from typing import Annotated

from fastapi import Query, Response
from pydantic import BaseModel
from sqlalchemy import text

from app.kit.clocks import business_now
from app.kit.db import unit_of_work
from app.kit.errors import NotFound
from app.kit.http.authentication import SignedIn
from app.kit.http.etags import ExpectedVersion, check_version, set_etag
from app.kit.http.idempotency import idempotent
from app.kit.http.paging import Paging
from app.kit.http.router import api_router, page_router
from app.modules.tenancy.models import Platform

SECRET = "postgresql://user:hunter2@db.internal/tierline"  # what a trace might show
router = api_router("/trial", "Trial")
pages = page_router("/trial")
calls: list[str] = []


class NameIn(BaseModel):
    """A body with one field."""

    name: str


@router.get("/crash")
@pages.get("/crash")
def get_crash() -> None:
    """Fail as a bug does."""
    raise RuntimeError(SECRET)


@router.get("/missing")
@pages.get("/missing")
def get_missing() -> None:
    """Fail as a service does."""
    raise NotFound


@router.get("/list")
def get_list(paging: Paging, size: Annotated[int, Query(ge=1)] = 1) -> int:
    """A list's parameters."""
    return paging.limit * size


@router.post("/platforms", status_code=201)
@idempotent
def post_platform(body: NameIn, who: SignedIn) -> dict[str, str]:
    """Write a row; names decide how it goes wrong."""
    calls.append(body.name)
    with unit_of_work() as work:
        platform = Platform(code=body.name, name=body.name, created_at=business_now())
        work.session.add(platform)
        work.session.flush()
        if body.name == "crash":
            raise RuntimeError(SECRET)
        if body.name == "refused":
            raise NotFound
    return {"code": body.name, "by": who.actor}


@router.post("/late")
def post_late(body: NameIn) -> dict[str, str]:
    """Write a row whose commit fails: the deferred check comes at the very end."""
    with unit_of_work() as work:
        work.session.add(Platform(code=body.name, name=body.name, created_at=business_now()))
        work.session.flush()
        if work.session.get_bind().dialect.name == "sqlite":
            work.session.execute(text("PRAGMA defer_foreign_keys = ON"))
        work.session.execute(text("INSERT INTO late_children (parent_id) VALUES (404)"))
    return {"code": body.name}


@router.put("/platforms/{platform_id}")
def put_platform(
    platform_id: int, body: NameIn, expected: ExpectedVersion, response: Response
) -> None:
    """Change a versioned row."""
    with unit_of_work() as work:
        platform = work.session.get_one(Platform, platform_id)
        check_version(platform.version, expected)
        platform.name = body.name
        work.session.flush()
        set_etag(response, platform.version)
