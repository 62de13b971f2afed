"""The ASGI application: Stripe's API, the hosted pages and the sandbox's own page."""

import json
import logging
from collections.abc import Awaitable, Callable

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.requests import Request as HttpRequest
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from sandbox.pages.checkout import CheckoutPages
from sandbox.pages.dashboard import DashboardPages
from sandbox.pages.invoice import InvoicePages
from sandbox.pages.portal import PortalPages
from sandbox.pages.rendering import comes_from_here, style_sheet
from sandbox.server import Sandbox
from sandbox.wire.api import Answer, Request
from sandbox.wire.own import PREFIX

LARGEST_BODY = 1_000_000
LOCAL_NAMES = frozenset(("127.0.0.1", "localhost", "[::1]"))

log = logging.getLogger("sandbox")


def make_app(sandbox: Sandbox) -> Starlette:
    """The web application of a sandbox."""
    dashboard = DashboardPages(sandbox)
    routes = [
        Route("/v1/{path:path}", _api(sandbox), methods=["GET", "POST", "DELETE"]),
        Route("/static/style.css", style_sheet),
        Route("/favicon.ico", _no_icon),
        *_hosted_pages(sandbox),
        Route("/", dashboard.show),
        Route("/list/{list}", dashboard.show),
        Route("/objects/{id}", dashboard.show_object),
        Route("/objects/{id}/resend", dashboard.resend, methods=["POST"]),
        Route("/clock", dashboard.move, methods=["POST"]),
    ]
    guard = Middleware(SameSiteOnly, exposed=sandbox.settings.exposed)
    return Starlette(routes=routes, middleware=[guard])


def _no_icon(_request: HttpRequest) -> Response:
    return Response(status_code=204)


def _hosted_pages(sandbox: Sandbox) -> list[Route]:
    checkout, portal, invoice = CheckoutPages(sandbox), PortalPages(sandbox), InvoicePages(sandbox)
    return [
        Route("/c/pay/{id}", checkout.show),
        Route("/c/pay/{id}", checkout.act, methods=["POST"]),
        Route("/p/session/{token}", portal.show),
        Route("/p/session/{token}/{step}", portal.show),
        Route("/p/session/{token}/{step}", portal.act, methods=["POST"]),
        Route("/i/{token}", invoice.show),
        Route("/i/{token}", invoice.pay, methods=["POST"]),
        Route("/i/{token}/pdf", invoice.pdf),
    ]


class SameSiteOnly:
    """Refuses forms of other sites, and names of this machine that are not its own (rebinding)."""

    def __init__(self, app: ASGIApp, *, exposed: bool) -> None:
        self._app = app
        self._exposed = exposed

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let through what comes from here, and programs with a key."""
        if scope["type"] == "http" and not self._welcome(HttpRequest(scope)):
            await PlainTextResponse("Not from here.", 403)(scope, receive, send)
            return
        await self._app(scope, receive, send)

    def _welcome(self, request: HttpRequest) -> bool:
        host = request.headers.get("host", "").rpartition(":")[0] or request.headers.get("host")
        if not self._exposed and host not in LOCAL_NAMES:
            return False
        return request.method == "GET" or comes_from_here(request)


def _api(sandbox: Sandbox) -> Callable[[HttpRequest], Awaitable[Response]]:
    async def answer(http: HttpRequest) -> Response:
        body = await http.body()
        if len(body) > LARGEST_BODY:
            return Response(status_code=413)
        request = Request(
            method=http.method,
            path=http.url.path,
            query=http.url.query,
            body=body.decode("utf-8", "replace"),
            headers=http.headers,
        )
        own = http.url.path.startswith(PREFIX)
        api = sandbox.own_api.answer if own else sandbox.api.answer
        found = await run_in_threadpool(_guarded, api, request)
        text = json.dumps(found.body, separators=(",", ":"))
        return Response(text, found.status, found.headers, media_type="application/json")

    return answer


def _guarded(api: Callable[[Request], Answer], request: Request) -> Answer:
    """Stripe's 500 for an error of the sandbox itself; nothing of the request was kept."""
    try:
        return api(request)
    except Exception:
        log.exception("The sandbox failed at %s %s", request.method, request.path)
        error = {"message": "The sandbox itself failed; its log says how.", "type": "api_error"}
        return Answer(500, {"error": error}, {})
