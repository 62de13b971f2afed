"""The outermost layer: request id, language, security headers, access log, last resort."""

import time

import structlog
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import MutableHeaders
from starlette.requests import ClientDisconnect, Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.kit import i18n
from app.kit.clocks import clocks, pin_business_time
from app.kit.http.authentication import LOCALE_COOKIE, locale_of_request
from app.kit.http.context import RequestContext, begin_request
from app.kit.http.nul import NulCharacter, has_nul_in_address
from app.kit.http.problems import error_response, on_crash
from app.kit.http.request_ids import request_id_of
from app.kit.http.security_headers import YEAR_S, security_headers
from app.kit.measures import note_request

_log = structlog.get_logger("access")

NO_ROUTE = "none"


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
        context = RequestContext(
            request_id=request_id_of(request.headers.get("x-request-id", "")),
            address=_address(request),
        )
        begin_request(context)
        structlog.contextvars.bind_contextvars(request_id=context.request_id)
        i18n.use_locale(locale_of_request(request))
        answer = _Answer(send, context, self._secure)
        began = time.perf_counter()
        try:
            if clocks().has_offset:
                offset = await run_in_threadpool(clocks().read_offset)
                pin_business_time(offset)
            await self._answering(request)(scope, receive, answer.send)
        except ClientDisconnect:
            pass  # nobody is left to answer
        except Exception as error:  # the last resort must catch everything
            if answer.status is not None:
                raise
            await on_crash(request, error)(scope, receive, answer.send)
        finally:
            seconds = time.perf_counter() - began
            if answer.status is not None:
                note_request(
                    scope["method"], _template(scope), status=answer.status, seconds=seconds
                )
            _log.info(
                "request",
                method=scope["method"],
                path=scope["path"],
                status=answer.status,
                ms=round(seconds * 1000, 1),
                actor=context.principal.actor if context.principal else None,
            )
            structlog.contextvars.clear_contextvars()

    def _answering(self, request: Request) -> ASGIApp:
        """The application, or a refusal of what no part of it could use."""
        if has_nul_in_address(request.scope):
            return error_response(request, NulCharacter())
        return self._app


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
        for name, value in security_headers(self._secure):
            headers.setdefault(name, value)
        if self._context.remember_locale:
            secure = "; Secure" if self._secure else ""
            headers.append(
                "Set-Cookie",
                f"{LOCALE_COOKIE}={self._context.remember_locale}; Path=/; Max-Age={YEAR_S}; "
                f"SameSite=Lax{secure}",
            )


def _template(scope: Scope) -> str:
    """Return the addresses that the answering route stands for."""
    return getattr(scope.get("route"), "path", NO_ROUTE)


def _address(request: Request) -> str:
    return request.client.host if request.client else ""
