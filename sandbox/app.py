"""The ASGI application: Stripe's API, the hosted pages and the sandbox's own page."""

import json
import logging
from collections.abc import Awaitable, Callable
from importlib import import_module
from urllib.parse import urlsplit

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.requests import Request as HttpRequest
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Mount, Route
from starlette.types import ASGIApp, Receive, Scope, Send

from sandbox.server import Sandbox
from sandbox.wire.api import Answer, Request
from sandbox.wire.own import PREFIX

LARGEST_BODY = 1_000_000
LOCAL_NAMES = frozenset(("127.0.0.1", "localhost", "[::1]"))

log = logging.getLogger("sandbox")


def make_app(sandbox: Sandbox) -> Starlette:
    """The web application of a sandbox."""
    routes = [
        Route("/v1/{path:path}", _api(sandbox), methods=["GET", "POST", "DELETE"]),
        Mount("/", LatePages(sandbox)),
    ]
    guard = Middleware(SameSiteOnly, exposed=sandbox.settings.exposed)
    return Starlette(routes=routes, middleware=[guard])


class LatePages:
    """The pages, loaded when the first of them is asked for: the API starts without them."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox
        self._app: ASGIApp | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer with a page."""
        if self._app is None:
            pages = import_module("sandbox.pages.routes")
            self._app = Starlette(routes=pages.page_routes(self._sandbox))
        await self._app(scope, receive, send)


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
        return request.method == "GET" or _comes_from_here(request)


def _comes_from_here(request: HttpRequest) -> bool:
    """Whether a form was sent by a page of ours: other sites may not press our buttons."""
    origin = request.headers.get("origin")
    return origin is None or urlsplit(origin).netloc == request.headers.get("host")


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
