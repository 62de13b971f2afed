"""Errors as answers: RFC 9457 for programs, a page for people. The one table of statuses."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

import structlog
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from app.kit import errors, i18n
from app.kit.http.context import request_context
from app.kit.templating import render_page

STATUS_OF_FAMILY: dict[type[errors.AppError], int] = {
    errors.BadRequest: 400,
    errors.NotSignedIn: 401,
    errors.PaymentRequired: 402,
    errors.Forbidden: 403,
    errors.NotFound: 404,
    errors.MethodNotAllowed: 405,
    errors.Conflict: 409,
    errors.PreconditionFailed: 412,
    errors.TooLarge: 413,
    errors.InvalidInput: 422,
    errors.TooManyRequests: 429,
    errors.AppError: 500,
    errors.Upstream: 502,
    errors.Unavailable: 503,
}
_FAMILY_OF_STATUS = {status: family for family, status in STATUS_OF_FAMILY.items()}
_log = structlog.get_logger(__name__)


def status_of(error: errors.AppError) -> int:
    """Return the HTTP status of an error's family."""
    return next(STATUS_OF_FAMILY[one] for one in type(error).__mro__ if one in STATUS_OF_FAMILY)


def problem(error: errors.AppError) -> dict[str, Any]:
    """Return the members of `application/problem+json`, texts in the current language."""
    status = status_of(error)
    members: dict[str, Any] = {
        "type": f"urn:tierline:error:{error.code}",
        "title": i18n.translate(f"errors.title.{status}"),
        "status": status,
        "detail": i18n.translate(f"errors.{error.code}", **error.params),
        "error_code": error.code,
        "params": error.params,
        "request_id": request_context().request_id,
    }
    if isinstance(error, errors.InvalidInput):
        members["errors"] = [
            {"pointer": pointer, "detail": i18n.translate(f"validation.{code}", **params)}
            for pointer, code, params in error.errors
        ]
    return members


def problem_response(error: errors.AppError) -> Response:
    """Answer a program."""
    members = problem(error)
    return JSONResponse(
        members,
        status_code=members["status"],
        headers=_headers(error),
        media_type="application/problem+json",
    )


def error_response(request: Request, error: errors.AppError) -> Response:
    """Answer a program or a person, whoever asked; who must sign in first is led there."""
    if not _wants_page(request):
        return problem_response(error)
    if isinstance(error, errors.NotSignedIn) and request.method == "GET":
        wanted = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        return RedirectResponse(f"/login?next={quote(wanted, safe='')}", status_code=303)
    members = problem(error)
    page = render_page(request, "core/error.html", problem=members)
    return HTMLResponse(page, status_code=members["status"], headers=_headers(error))


async def on_app_error(request: Request, error: Exception) -> Response:
    """Handler of named errors."""
    assert isinstance(error, errors.AppError)
    return error_response(request, error)


async def on_http_error(request: Request, error: Exception) -> Response:
    """Handler of the framework's own errors: unknown address, wrong method, bad form."""
    assert isinstance(error, HTTPException)
    family = _FAMILY_OF_STATUS.get(error.status_code, errors.BadRequest)
    response = error_response(request, family())
    response.headers.update(error.headers or {})
    return response


async def on_validation_error(request: Request, error: Exception) -> Response:
    """Handler of bodies and parameters that do not have the described form."""
    assert isinstance(error, RequestValidationError)
    return error_response(request, errors.InvalidInput(*map(_wrong_value, error.errors())))


def on_crash(request: Request, error: BaseException) -> Response:
    """Answer after a bug: nothing internal leaves, the log has the trace and the request's id."""
    _log.error("request_failed", path=request.url.path, exc_info=error)
    return error_response(request, errors.AppError())


def _wrong_value(error: Mapping[str, Any]) -> tuple[str, str, dict[str, Any]]:
    place = [str(part).replace("~", "~0").replace("/", "~1") for part in error["loc"]]
    pointer = "/" + "/".join(place[1:] if place and place[0] == "body" else place)
    code = str(error["type"])
    if not i18n.knows(f"validation.{code}"):
        code = "invalid"
    params = {key: value for key, value in error.get("ctx", {}).items() if _is_plain(value)}
    return pointer, code, params


def _is_plain(value: object) -> bool:
    return isinstance(value, (str, int, float))


def _wants_page(request: Request) -> bool:
    accepts = request.headers.get("accept", "")
    return not request.url.path.startswith("/api/") and "text/html" in accepts


def _headers(error: errors.AppError) -> dict[str, str]:
    if isinstance(error, errors.NotSignedIn):
        return {"WWW-Authenticate": "Bearer"}
    wait = error.params.get("retry_after_s")
    if wait is None:
        return {}
    return {"Retry-After": str(wait), **_rate_limit_headers(error.params, wait)}


def _rate_limit_headers(params: Mapping[str, Any], wait: int) -> dict[str, str]:
    """The limit that is used up, as draft-ietf-httpapi-ratelimit-headers writes it."""
    if "limit" not in params:
        return {}
    policy = f'"default";q={params["limit"]};w={params["window_s"]}'
    return {"RateLimit-Policy": policy, "RateLimit": f'"default";r=0;t={wait}'}
