"""A small server that shows the frame and its pieces, under the product's own security policy."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from app.kit import i18n
from app.kit.http.security_headers import CONTENT_SECURITY_POLICY
from app.kit.http.static import static_route
from app.kit.static_files import StaticFiles
from app.kit.templating import Templates
from app.modules.core.services.page_panels import PagePanels

ROOT = Path(__file__).resolve().parents[3]
CORE = ROOT / "app" / "modules" / "core"


@contextmanager
def serving() -> Iterator[str]:
    """Serve the pages on a free port of this machine and yield their address."""
    before = i18n.catalogs()
    i18n.configure_catalogs(i18n.Catalogs([CORE / "locales"]))
    listener = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(application(), log_level="error", lifespan="off"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()
        listener.close()
        i18n.configure_catalogs(before)


def application() -> Starlette:
    """Pages `/design`, `/error` and `/signed-out`; `?lang=` and `?theme=` choose how."""
    static = StaticFiles(ROOT / "build" / "static", {"core": CORE / "static"})
    templates = Templates([CORE / "templates"], static)

    def page(template: str, **own: Any) -> Any:
        def answer(request: Request) -> Response:
            i18n.use_locale(request.query_params.get("lang", "en"))
            html = templates.render(template, shared_context(request) | own)
            return HTMLResponse(html, headers={"Content-Security-Policy": CONTENT_SECURITY_POLICY})

        return answer

    return Starlette(
        routes=[
            Route("/design", page("core/design.html")),
            Route("/error", page("core/error.html", problem=PROBLEM)),
            Route("/signed-out", page("core/error.html", problem=PROBLEM, principal=None)),
            Route("/api/v1/auth/me", lambda _: JSONResponse({"csrf_token": "fresh"})),
            Route("/static/core/design/missing.json", lambda _: refusal(503)),
            static_route(static),
        ]
    )


def refusal(status: int) -> Response:
    """What the API answers when it cannot."""
    members = PROBLEM | {"status": status}
    return JSONResponse(members, status_code=status, media_type="application/problem+json")


PROBLEM = {
    "title": "Not found",
    "detail": "There is nothing at this address.",
    "status": 404,
    "request_id": "3f2a91c07d4e",
}


def shared_context(request: Request) -> dict[str, Any]:
    """What the product's context functions give every page."""
    return {
        "request": request,
        "theme": request.query_params.get("theme", "system"),
        "csrf_token": "stale",
        "principal": SimpleNamespace(display_name="Léa Weber", email="lea@moselwein.example"),
        "place": SimpleNamespace(label="Moselwein Kellerei", params={"store_code": "moselwein"}),
        "places": [
            SimpleNamespace(label="Moselwein Kellerei", href="/store/moselwein", is_current=True),
            SimpleNamespace(label="Moselwein Outlet", href="/store/outlet", is_current=False),
        ],
        "breadcrumbs": [
            SimpleNamespace(label="Billing", href="/store/moselwein/billing"),
            SimpleNamespace(label="Design", href=None),
        ],
        "navigation": [
            group("Store", entry("Dashboard", "sun"), entry("Products", "inbox")),
            group("Billing", entry("Design", "monitor", is_current=True)),
        ],
        "panels_of": lambda _page, **_: PagePanels((), (), []),
    }


def group(label: str, *entries: SimpleNamespace) -> SimpleNamespace:
    """Links of the rail under one heading."""
    return SimpleNamespace(label=label, entries=entries)


def entry(label: str, icon: str, *, is_current: bool = False) -> SimpleNamespace:
    """One link of the rail."""
    return SimpleNamespace(label=label, href=f"/{label.lower()}", icon=icon, is_current=is_current)
