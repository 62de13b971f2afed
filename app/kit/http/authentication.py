"""Who asks, established before a route sees the request."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request

from app.kit import i18n
from app.kit.errors import BadRequest, Forbidden, NotSignedIn
from app.kit.http.context import Principal, request_context
from app.kit.http.csrf import check_origin, check_token
from app.kit.settings import Settings

LOCALE_COOKIE = "tierline_lang"


@dataclass(frozen=True)
class Credentials:
    """What a request brought along: the session cookie's value, or a bearer token."""

    session_token: str | None
    bearer: str | None


Authenticator = Callable[[Credentials], Principal | None]


class UnknownLanguage(BadRequest):
    """`?lang=` names a language that there is not."""

    code = "unknown_language"


def _nobody(_credentials: Credentials) -> Principal | None:
    return None


@dataclass
class Gatekeeper:
    """Turns credentials into a principal; the authenticator comes from bootstrap."""

    settings: Settings
    authenticator: Authenticator = _nobody

    @property
    def session_cookie(self) -> str:
        """Name of the session cookie; browsers bind a `__Host-` one to this very host."""
        return "__Host-tierline" if self.settings.cookies_secure else "tierline_session"

    async def admit(self, request: Request) -> None:
        """Fill the request's context: principal and language.

        Raises ForeignOrigin, CsrfInvalid, NotSignedIn (bad bearer token), UnknownLanguage.
        """
        context = request_context()
        asked = request.query_params.get("lang")
        _use_asked_locale(asked)
        check_origin(request, self.settings.base_url)
        credentials = self._credentials(request)
        if credentials.session_token or credentials.bearer:
            context.principal = await run_in_threadpool(self.authenticator, credentials)
        if context.principal is None:
            return
        if context.principal.locale and not asked:
            i18n.use_locale(context.principal.locale)
        if credentials.session_token:
            context.session_token = credentials.session_token
            check_token(request, credentials.session_token, self.settings.secret_key)

    def _credentials(self, request: Request) -> Credentials:
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() == "bearer":
            return Credentials(session_token=None, bearer=token.strip())
        return Credentials(session_token=request.cookies.get(self.session_cookie), bearer=None)


def _use_asked_locale(asked: str | None) -> None:
    if asked is None:
        return
    if asked not in i18n.LOCALES:
        raise UnknownLanguage(language=asked[:20], known=", ".join(i18n.LOCALES))
    i18n.use_locale(asked)
    request_context().remember_locale = asked


def locale_of_request(request: Request) -> str:
    """Choose the language before anybody is known: cookie, else `Accept-Language`."""
    remembered = request.cookies.get(LOCALE_COOKIE)
    if remembered in i18n.LOCALES:
        return str(remembered)
    return i18n.best_locale(request.headers.get("accept-language", ""))


_gatekeeper: Gatekeeper | None = None


def configure_gatekeeper(gatekeeper: Gatekeeper) -> None:
    """Install the gatekeeper of this process."""
    global _gatekeeper
    _gatekeeper = gatekeeper


def gatekeeper() -> Gatekeeper:
    """Return the gatekeeper of this process."""
    if _gatekeeper is None:
        raise RuntimeError("bootstrap has not configured a gatekeeper")
    return _gatekeeper


def signed_in() -> Principal:
    """Return who asks. Raises NotSignedIn."""
    principal = request_context().principal
    if principal is None:
        raise NotSignedIn
    return principal


SignedIn = Annotated[Principal, Depends(signed_in)]


def require(permission: str) -> Callable[[], Principal]:
    """Dependency: somebody who holds `permission`. Raises NotSignedIn, Forbidden (D2)."""

    def permitted() -> Principal:
        principal = signed_in()
        if not principal.may(permission):
            raise Forbidden
        return principal

    return permitted
