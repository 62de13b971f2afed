"""Protection against requests that another site makes a browser send."""

import hashlib
import hmac

from starlette.requests import Request

from app.kit.errors import Forbidden

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
HEADER = "x-csrf-token"


class ForeignOrigin(Forbidden):
    """The request was sent by a page of another site."""

    code = "foreign_origin"


class CsrfInvalid(Forbidden):
    """The CSRF token is missing or belongs to another session."""

    code = "csrf_invalid"


def csrf_token(session_token: str, secret: str) -> str:
    """Return the token that unsafe requests of this session carry."""
    return hmac.new(secret.encode(), f"csrf:{session_token}".encode(), hashlib.sha256).hexdigest()


def check_origin(request: Request, base_url: str) -> None:
    """Refuse an unsafe request whose `Origin` is neither ours nor that of the address asked.

    Programs send no origin, browsers always do on unsafe methods. Raises ForeignOrigin.
    """
    origin = request.headers.get("origin")
    if request.method in SAFE_METHODS or origin is None:
        return
    own = {base_url, f"{request.url.scheme}://{request.headers.get('host', '')}"}
    if origin not in own:
        raise ForeignOrigin


def check_token(request: Request, session_token: str, secret: str) -> None:
    """Refuse an unsafe request of a session without its token. Raises CsrfInvalid."""
    if request.method in SAFE_METHODS:
        return
    given = request.headers.get(HEADER, "")
    if not hmac.compare_digest(given.encode(), csrf_token(session_token, secret).encode()):
        raise CsrfInvalid
