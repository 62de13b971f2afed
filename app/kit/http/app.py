"""The web application, put together from routers; knows no module."""

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager

from fastapi import APIRouter, FastAPI
from fastapi.exceptions import RequestValidationError
from fastapi.telemetry import TelemetryConfig
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from app.kit import errors
from app.kit.http import problems
from app.kit.http.hot_intake import HotIntake, HotIntakes
from app.kit.http.hot_lane import HotAnswer, HotLane
from app.kit.http.middleware import Outermost
from app.kit.http.static import static_route
from app.kit.settings import Settings
from app.kit.static_files import StaticFiles

OPENAPI_URL = "/api/v1/openapi.json"
# Requests are measured by `kit.measures`; looking for a tracer takes as long as a hot answer.
NO_TELEMETRY: TelemetryConfig = {"tracing": False, "metrics": False, "logs": False}


def create_web_app(
    settings: Settings,
    routers: Sequence[APIRouter],
    *,
    hot_answers: Mapping[str, HotAnswer],
    hot_intakes: Mapping[str, HotIntake],
    static: StaticFiles,
    on_start: Callable[[], None],
    on_stop: Callable[[], None],
    not_ready: Callable[[], str | None],
) -> FastAPI:
    """Return the ASGI application.

    `on_start` and `on_stop` run around its life; `not_ready` returns a sentence while requests
    should go elsewhere (database away, migrations missing).
    """

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        await run_in_threadpool(on_start)
        yield
        await run_in_threadpool(on_stop)

    app = FastAPI(
        title="Tierline",
        version="1",
        openapi_url=OPENAPI_URL,
        docs_url=None,
        redoc_url=None,
        lifespan=lifespan,
        redirect_slashes=False,
        telemetry=NO_TELEMETRY,
    )
    app.add_middleware(Outermost, secure=settings.cookies_secure)
    shown = {"secure": settings.cookies_secure, "logs": settings.logs_requests}
    app.add_middleware(HotIntakes, intakes=hot_intakes, **shown)
    app.add_middleware(HotLane, answers=hot_answers, **shown)
    app.add_exception_handler(errors.AppError, problems.on_app_error)
    app.add_exception_handler(RequestValidationError, problems.on_validation_error)
    app.add_exception_handler(HTTPException, problems.on_http_error)
    app.router.routes.append(static_route(static))
    app.router.routes.extend(_probes(not_ready))
    for router in routers:
        app.include_router(router)
    return app


def _probes(not_ready: Callable[[], str | None]) -> list[Route]:
    """`/healthz`: the process lives; `/readyz`: it can serve. Neither asks who is there."""

    async def healthz(_request: Request) -> JSONResponse:
        return JSONResponse({"status": "ok"})

    def readyz(_request: Request) -> JSONResponse:
        reason = not_ready()
        if reason is None:
            return JSONResponse({"status": "ok"})
        return JSONResponse({"status": "unavailable", "reason": reason}, status_code=503)

    return [Route("/healthz", healthz), Route("/readyz", readyz)]
