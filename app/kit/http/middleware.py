"""The outermost layer: request id, language, security headers, access log, last resort."""

import re
import time
from typing import Any
from uuid import uuid4

import structlog
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.kit import i18n
from app.kit.clocks import clocks, pin_business_time
from app.kit.http.authentication import LOCALE_COOKIE, locale_of_request
from app.kit.http.context import RequestContext, begin_request
from app.kit.http.problems import on_crash

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
_SAFE_REQUEST_ID = re.compile(r"^[A-Za-z0-9._-]{8,64}$")
_YEAR_S = 365 * 24 * 3600
_log = structlog.get_logger("access")


class Outermost:
    """ASGI middleware around everything that the product answers itself."""

    def __init__(self, app: ASGIApp, *, secure: bool) -> None:
        self._app = app
        self._secure = secure

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request; whatever goes wrong below becomes a problem, never a trace."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request = Request(scope, receive)
        context = RequestContext(request_id=_request_id(request), address=_address(request))
        begin_request(context)
        structlog.contextvars.bind_contextvars(request_id=context.request_id)
        i18n.use_locale(locale_of_request(request))
        answer = _Answer(send, context, self._secure)
        began = time.perf_counter()
        try:
            if clocks().has_offset:
                offset = await run_in_threadpool(clocks().read_offset)
                pin_business_time(offset)
            await self._app(scope, receive, answer.send)
        except Exception as error:  # the last resort must catch everything
            if answer.status is not None:
                raise
            await on_crash(request, error)(scope, receive, answer.send)
        finally:
            _log.info(
                "request",
                method=scope["method"],
                path=scope["path"],
                status=answer.status,
                ms=round((time.perf_counter() - began) * 1000, 1),
                actor=context.principal.actor if context.principal else None,
            )
            structlog.contextvars.clear_contextvars()


class _Answer:
    """Adds to each answer the headers that all of them have."""

    def __init__(self, send: Send, context: RequestContext, secure: bool) -> None:
        self._send = send
        self._context = context
        self._secure = secure
        self.status: int | None = None

    async def send(self, message: Message) -> None:
        """Pass a message on, headers completed."""
        if message["type"] == "http.response.start":
            self.status = message["status"]
            self._complete(MutableHeaders(scope=message))
        await self._send(message)

    def _complete(self, headers: MutableHeaders) -> None:
        headers["X-Request-ID"] = self._context.request_id
        headers["Content-Language"] = i18n.current_locale()
        headers["X-Content-Type-Options"] = "nosniff"
        headers["Referrer-Policy"] = "same-origin"
        headers["Cross-Origin-Opener-Policy"] = "same-origin"
        headers.setdefault("Content-Security-Policy", CONTENT_SECURITY_POLICY)
        headers.setdefault("Cache-Control", "no-store")
        if self._secure:
            headers["Strict-Transport-Security"] = f"max-age={_YEAR_S}; includeSubDomains"
        if self._context.remember_locale:
            secure = "; Secure" if self._secure else ""
            headers.append(
                "Set-Cookie",
                f"{LOCALE_COOKIE}={self._context.remember_locale}; Path=/; Max-Age={_YEAR_S}; "
                f"SameSite=Lax{secure}",
            )


def _request_id(request: Request) -> str:
    given: Any = request.headers.get("x-request-id", "")
    return given if _SAFE_REQUEST_ID.match(given) else uuid4().hex


def _address(request: Request) -> str:
    return request.client.host if request.client else ""
