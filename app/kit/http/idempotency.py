"""`Idempotency-Key`: the same request twice has one effect and one answer."""

import hashlib
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import CursorResult, delete, select
from sqlalchemy.orm import Mapped, mapped_column
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from app.kit.clocks import system_now
from app.kit.db import UnitOfWork, rerun_on_conflict, unit_of_work
from app.kit.errors import AppError, BadRequest, Conflict, InvalidInput
from app.kit.http.context import request_context
from app.kit.http.problems import problem_response
from app.kit.models import Base, PrimaryKey
from app.kit.upsert import insert_or_ignore

KEPT_FOR = timedelta(hours=24)
ABANDONED_AFTER = timedelta(seconds=90)
MAX_KEY_LENGTH = 255
_NOT_KEPT = {401, 429}
_MARK = "__tierline_idempotent__"

Handler = Callable[[Request], Awaitable[Response]]


class IdempotencyKeyReused(InvalidInput):
    """The key belongs to a request with another body."""

    code = "idempotency_key_reused"


class IdempotentRequestRunning(Conflict):
    """The first request with this key is still being worked on."""

    code = "idempotent_request_running"


class BadIdempotencyKey(BadRequest):
    """The key is empty or too long."""

    code = "bad_idempotency_key"


class IdempotencyRecord(Base):
    """One keyed request; `status` stays empty while it runs."""

    __tablename__ = "idempotency_records"

    id: Mapped[PrimaryKey]
    scope_hash: Mapped[str] = mapped_column(unique=True)
    body_hash: Mapped[str]
    started_at: Mapped[datetime]
    status: Mapped[int | None]
    headers: Mapped[dict[str, Any] | None]
    body: Mapped[str | None]


def idempotent(endpoint: Callable[..., Any]) -> Callable[..., Any]:
    """Mark a POST endpoint whose answer may be replayed; never one that answers secrets."""
    setattr(endpoint, _MARK, True)
    return endpoint


def is_idempotent(endpoint: Callable[..., Any]) -> bool:
    """Whether an endpoint was marked by `idempotent`."""
    return getattr(endpoint, _MARK, False)


async def answer_once(request: Request, handler: Handler) -> Response:
    """Run `handler` unless its key was used: then replay the first answer.

    Raises IdempotencyKeyReused, IdempotentRequestRunning, BadIdempotencyKey.
    """
    key = request.headers.get("idempotency-key")
    principal = request_context().principal
    if key is None or principal is None:
        return await handler(request)
    if not key or len(key) > MAX_KEY_LENGTH:
        raise BadIdempotencyKey(longest=MAX_KEY_LENGTH)
    store = request.headers.get("x-store-code", "")
    scope = _hash(principal.actor, request.method, request.url.path, store, key)
    body = _hash(request.url.query, (await request.body()).hex())
    kept: Response | None = await run_in_threadpool(rerun_on_conflict, lambda: _claim(scope, body))
    if kept is not None:
        return kept
    return await _run_and_keep(request, handler, scope)


async def _run_and_keep(request: Request, handler: Handler, scope: str) -> Response:
    try:
        response = await handler(request)
    except AppError as error:
        response = problem_response(error)
    except BaseException:
        await run_in_threadpool(_forget, scope)
        raise
    if response.status_code >= 500 or response.status_code in _NOT_KEPT:
        await run_in_threadpool(_forget, scope)
    else:
        await run_in_threadpool(_keep, scope, response)
    return response


def _claim(scope: str, body_hash: str) -> Response | None:
    """Reserve the key for this request, or return the answer that it already has."""
    with unit_of_work() as work:
        if _insert(work, scope, body_hash):
            return None
        record = work.session.scalars(
            select(IdempotencyRecord).where(IdempotencyRecord.scope_hash == scope)
        ).one()
        age = system_now() - record.started_at
        if age > KEPT_FOR or (record.status is None and age > ABANDONED_AFTER):
            record.started_at, record.body_hash, record.status = system_now(), body_hash, None
            return None
        if record.body_hash != body_hash:
            raise IdempotencyKeyReused
        if record.status is None:
            raise IdempotentRequestRunning
        headers = {**(record.headers or {}), "Idempotent-Replayed": "true"}
        return Response((record.body or "").encode(), record.status, headers)


def _insert(work: UnitOfWork, scope: str, body_hash: str) -> bool:
    row = {"scope_hash": scope, "body_hash": body_hash, "started_at": system_now()}
    return insert_or_ignore(work.session, IdempotencyRecord, [row]) == 1


def _keep(scope: str, response: Response) -> None:
    headers = {
        name: value
        for name, value in response.headers.items()
        if name in {"content-type", "etag", "location"}
    }
    with unit_of_work() as work:
        record = work.session.scalars(
            select(IdempotencyRecord).where(IdempotencyRecord.scope_hash == scope)
        ).one()
        record.status = response.status_code
        record.headers = headers
        record.body = bytes(response.body).decode()


def _forget(scope: str) -> None:
    with unit_of_work() as work:
        work.session.execute(delete(IdempotencyRecord).where(IdempotencyRecord.scope_hash == scope))


def delete_old_records(work: UnitOfWork) -> int:
    """Drop answers older than a day; returns how many."""
    oldest = system_now() - KEPT_FOR
    gone = work.session.execute(
        delete(IdempotencyRecord).where(IdempotencyRecord.started_at < oldest)
    )
    assert isinstance(gone, CursorResult)
    return gone.rowcount


def _hash(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()
