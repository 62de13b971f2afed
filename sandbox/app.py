"""The ASGI application: Stripe's API, the hosted pages and the sandbox's own page."""

import json
from collections.abc import Awaitable, Callable

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request as HttpRequest
from starlette.responses import Response
from starlette.routing import Route

from sandbox.server import Sandbox
from sandbox.wire.api import Request
from sandbox.wire.own import PREFIX

LARGEST_BODY = 1_000_000


def make_app(sandbox: Sandbox) -> Starlette:
    """The web application of a sandbox."""
    methods = ["GET", "POST", "DELETE"]
    routes = [Route("/v1/{path:path}", _api(sandbox), methods=methods)]
    return Starlette(routes=routes)


def _api(sandbox: Sandbox) -> Callable[[HttpRequest], Awaitable[Response]]:
    async def answer(http: HttpRequest) -> Response:
        body = await http.body()
        if len(body) > LARGEST_BODY:
            return Response(status_code=413)
        request = Request(
            http.method,
            http.url.path,
            http.url.query,
            body.decode("utf-8", "replace"),
            http.headers,
        )
        own = http.url.path.startswith(PREFIX)
        api = sandbox.own_api.answer if own else sandbox.api.answer
        found = await run_in_threadpool(api, request)
        text = json.dumps(found.body, separators=(",", ":"))
        return Response(text, found.status, found.headers, media_type="application/json")

    return answer
