"""A CSV file in a request: as `text/csv`, or as the part `file` of a form."""

from typing import Annotated, Any

from fastapi import Depends, Request
from starlette.datastructures import UploadFile

from app.modules.catalog.exceptions import ProductFileTooLarge, ProductFileUnreadable
from app.modules.catalog.services.read_products import MAX_ROWS

MAX_BYTES = 50_000_000
_FILE = {"type": "string", "format": "binary"}
OPENAPI: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "text/csv": {"schema": _FILE},
            "multipart/form-data": {
                "schema": {"type": "object", "required": ["file"], "properties": {"file": _FILE}}
            },
        },
    }
}


async def csv_body(request: Request) -> bytes:
    """Return the bytes of the file. Raises ProductFileTooLarge, ProductFileUnreadable."""
    _refuse_large(int(request.headers.get("content-length", 0)))
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == "text/csv":
        return await _whole_body(request)
    if kind != "multipart/form-data":
        raise ProductFileUnreadable(("/file", "file_not_sent", {}))
    async with request.form(max_files=1, max_fields=10) as form:
        file = form.get("file")
        if not isinstance(file, UploadFile):
            raise ProductFileUnreadable(("/file", "file_not_sent", {}))
        _refuse_large(file.size or 0)
        return await file.read()


async def _whole_body(request: Request) -> bytes:
    """The body, given up as soon as it is too large."""
    content = bytearray()
    async for piece in request.stream():
        content += piece
        _refuse_large(len(content))
    return bytes(content)


def _refuse_large(size: int) -> None:
    if size > MAX_BYTES:
        raise ProductFileTooLarge(rows=MAX_ROWS)


CsvBody = Annotated[bytes, Depends(csv_body)]
