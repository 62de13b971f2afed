"""The session cookie: HttpOnly, SameSite=Lax, Secure outside plain local addresses."""

from starlette.requests import Request
from starlette.responses import Response

from app.kit.http.authentication import gatekeeper
from app.kit.http.context import request_context
from app.modules.tenancy.services.sessions import SESSION_LIFE, Browser


def set_session_cookie(response: Response, secret: str) -> None:
    """Hand a new session to the browser."""
    keeper = gatekeeper()
    response.set_cookie(
        keeper.session_cookie,
        secret,
        max_age=int(SESSION_LIFE.total_seconds()),
        httponly=True,
        samesite="lax",
        secure=keeper.settings.cookies_secure,
    )


def clear_session_cookie(response: Response) -> None:
    """Take the session from the browser."""
    keeper = gatekeeper()
    response.delete_cookie(
        keeper.session_cookie,
        httponly=True,
        samesite="lax",
        secure=keeper.settings.cookies_secure,
    )


def browser_of(request: Request) -> Browser:
    """Return where a request comes from."""
    return Browser(request_context().address, request.headers.get("user-agent", ""))
