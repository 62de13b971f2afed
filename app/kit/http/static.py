"""Serving static files under addresses that change with their content."""

from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route

from app.kit.errors import NotFound
from app.kit.http.problems import error_response
from app.kit.static_files import StaticFiles

IMMUTABLE = "public, max-age=31536000, immutable"
CHECKED = "no-cache"  # kept, but asked for again: a deploy must not mix old and new scripts


def static_route(files: StaticFiles) -> Route:
    """Return the route of `/static/…`; there are no listings and no way out of the folders."""

    def serve(request: Request) -> Response:
        found = files.find(request.path_params["path"])
        if found is None:
            return error_response(request, NotFound())
        versioned = "v" in request.query_params
        return FileResponse(found, headers={"Cache-Control": IMMUTABLE if versioned else CHECKED})

    return Route("/static/{path:path}", serve, methods=["GET"], name="static")
