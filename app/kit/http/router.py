"""The router of every module: authentication first, then idempotency, then the endpoint."""

import functools
import inspect
from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import APIRouter
from fastapi.routing import APIRoute
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from app.kit.db import rerun_on_conflict
from app.kit.http.authentication import gatekeeper
from app.kit.http.idempotency import answer_once, is_idempotent
from app.kit.http.nul import refuse_nul_in_body
from app.kit.http.read_only import is_open_to_viewers, refuse_viewers

Endpoint = Callable[..., Any]


class Route(APIRoute):
    """A route whose endpoint is run again after a deadlock, and never before we know who asks."""

    def __init__(self, path: str, endpoint: Endpoint, **options: Any) -> None:
        super().__init__(path, _rerunnable(endpoint), **options)

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Return the handler with admission in front of it."""
        run = super().get_route_handler()
        once = is_idempotent(self.endpoint)
        takes_body = self.body_field is not None
        closed_to_viewers = not is_open_to_viewers(self.endpoint)

        async def handle(request: Request) -> Response:
            await gatekeeper().admit(request)
            if closed_to_viewers:
                refuse_viewers(request)
            if takes_body:
                await refuse_nul_in_body(request)
            return await (answer_once(request, run) if once else run(request))

        return handle


def _rerunnable(endpoint: Endpoint) -> Endpoint:
    if inspect.iscoroutinefunction(endpoint):
        return endpoint

    @functools.wraps(endpoint)
    def run(*args: Any, **values: Any) -> Any:
        return rerun_on_conflict(lambda: endpoint(*args, **values))

    return run


def api_router(prefix: str, tag: str) -> APIRouter:
    """Return a router for JSON endpoints below `/api/v1`."""
    return APIRouter(prefix=f"/api/v1{prefix}", tags=[tag], route_class=Route)


def page_router(prefix: str = "") -> APIRouter:
    """Return a router for pages; they are no part of the API's description."""
    return APIRouter(
        prefix=prefix,
        route_class=Route,
        include_in_schema=False,
        default_response_class=HTMLResponse,
    )
