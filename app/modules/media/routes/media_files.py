"""The files themselves, under addresses that nobody can guess and whose content never changes."""

from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import FileResponse, Response

from app.kit.http.router import page_router
from app.modules.media.exceptions import MediaNotFound
from app.modules.media.services.media_files import open_media_file

router = page_router()
HEADERS = {
    "Cache-Control": "public, max-age=31536000, immutable",
    "Content-Security-Policy": "default-src 'none'; sandbox",  # a document must not act for us
}


@router.get("/media/{media_key}", response_class=FileResponse)
def get_media_file(request: Request, media_key: str) -> Response:
    """A whole object or, by `Range`, a part of it; open to whoever knows the address."""
    found = open_media_file(media_key)
    if found is None:
        raise MediaNotFound
    headers = {**HEADERS, "ETag": f'"{media_key}"'}
    if headers["ETag"] in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    clean_up = BackgroundTask(found.path.unlink) if found.is_temporary else None
    return FileResponse(
        found.path, media_type=found.media_type, headers=headers, background=clean_up
    )
