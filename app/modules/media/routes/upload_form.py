"""A file in a form: the part `file`, and if wanted `folder`; one too large is given up early."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Annotated, Any, BinaryIO

from fastapi import Depends, Request
from pydantic import TypeAdapter, ValidationError
from starlette.datastructures import UploadFile
from starlette.types import Message, Receive

from app.kit.errors import InvalidInput
from app.modules.media.exceptions import MediaNotSent, MediaTooLarge
from app.modules.media.schemas.media import MAX_FOLDER, Folder
from app.modules.media.services.upload_file import UploadDraft
from app.modules.media.settings import media_settings

AROUND_THE_FILE = 16_384  # bytes of a form that are not the file's
OPENAPI: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["file"],
                    "properties": {
                        "file": {"type": "string", "format": "binary"},
                        "folder": {"type": "string", "maxLength": MAX_FOLDER},
                    },
                }
            }
        },
    }
}
_FOLDER: TypeAdapter[str] = TypeAdapter(Folder)


@dataclass(frozen=True)
class SentFile:
    """A file that lies on disk until its turn comes, unless it is small."""

    name: str
    folder: str
    file: BinaryIO

    def draft(self) -> UploadDraft:
        """Read it. Raises MediaTooLarge."""
        longest = media_settings().max_bytes
        content = self.file.read(longest + 1)
        if len(content) > longest:
            raise _too_large()
        return UploadDraft(self.name, self.folder, content)


async def upload_form(request: Request) -> AsyncIterator[SentFile]:
    """Yield the file that a request brings. Raises MediaNotSent, MediaTooLarge, InvalidInput."""
    longest = media_settings().max_bytes + AROUND_THE_FILE
    if int(request.headers.get("content-length", 0)) > longest:
        raise _too_large()
    if not request.headers.get("content-type", "").lower().startswith("multipart/form-data"):
        raise MediaNotSent
    bounded = Request(request.scope, _bounded(request.receive, longest))
    async with bounded.form(max_files=1, max_fields=10) as form:
        sent = form.get("file")
        if not isinstance(sent, UploadFile):
            raise MediaNotSent
        yield SentFile(sent.filename or "", _folder(form.get("folder", "")), sent.file)


def _bounded(receive: Receive, longest: int) -> Receive:
    """Stop reading a body that says nothing of its length."""
    read = 0

    async def pass_on() -> Message:
        nonlocal read
        message = await receive()
        read += len(message.get("body", b""))
        if read > longest:
            raise _too_large()
        return message

    return pass_on


def _folder(given: object) -> str:
    try:
        return _FOLDER.validate_python(given)
    except ValidationError as wrong:
        raise InvalidInput.at("/folder", "folder_name", max_length=MAX_FOLDER) from wrong


def _too_large() -> MediaTooLarge:
    return MediaTooLarge(megabytes=media_settings().media_max_mb)


UploadForm = Annotated[SentFile, Depends(upload_form)]
