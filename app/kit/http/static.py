"""Serving static files under addresses that change with their content."""

from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route

from app.kit.errors import NotFound
from app.kit.http.problems import error_response
from app.kit.static_files import StaticFiles

IMMUTABLE = "public, max-age=31536000, immutable"
SHORT = "public, max-age=60"


def static_route(files: StaticFiles) -> Route:
    """Return the route of `/static/…`; there are no listings and no way out of the folders."""

    def serve(request: Request) -> Response:
        found = files.find(request.path_params["path"])
        if found is None:
            return error_response(request, NotFound())
        versioned = "v" in request.query_params
        return FileResponse(found, headers={"Cache-Control": IMMUTABLE if versioned else SHORT})

    return Route("/static/{path:path}", serve, methods=["GET"], name="static")
