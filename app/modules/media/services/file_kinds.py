"""What a file really is, by its first bytes; names are checked against it, never believed."""

import re
import zipfile
from enum import StrEnum
from io import BytesIO
from pathlib import PurePath

from app.modules.media.exceptions import (
    MediaHidesOther,
    MediaNameInvalid,
    MediaTypeMismatch,
    MediaTypeUnsupported,
)

MAX_NAME = 200
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f/\\]")
_ACTIVE = re.compile(rb"<script[\s>]|<html[\s>]|<svg[\s>]|<iframe[\s>]|<\?php\s", re.IGNORECASE)


class FileKind(StrEnum):
    """The kinds that are taken (D36), as Pillow names those that are pictures."""

    JPEG = "JPEG"
    PNG = "PNG"
    GIF = "GIF"
    WEBP = "WEBP"
    AVIF = "AVIF"
    PDF = "PDF"


_BEGINNINGS = {
    FileKind.JPEG: re.compile(rb"\xff\xd8\xff"),
    FileKind.PNG: re.compile(rb"\x89PNG\r\n\x1a\n"),
    FileKind.GIF: re.compile(rb"GIF8[79]a"),
    FileKind.WEBP: re.compile(rb"RIFF....WEBP", re.DOTALL),
    FileKind.AVIF: re.compile(rb"....ftypavi[fs]", re.DOTALL),
    FileKind.PDF: re.compile(rb"%PDF-[12]\."),
}
_EXTENSIONS = {
    FileKind.JPEG: {".jpg", ".jpeg", ".jfif"},
    FileKind.PNG: {".png"},
    FileKind.GIF: {".gif"},
    FileKind.WEBP: {".webp"},
    FileKind.AVIF: {".avif"},
    FileKind.PDF: {".pdf"},
}
ACCEPTED = "jpg, png, gif, webp, avif, pdf"


def kind_of(content: bytes, *, name: str) -> FileKind:
    """Return what a file is.

    Raises MediaNameInvalid, MediaTypeUnsupported, MediaTypeMismatch, and MediaHidesOther for one
    that browsers, servers or archivers could take for something else.
    """
    refuse_odd_name(name)
    kind = next((one for one, begins in _BEGINNINGS.items() if begins.match(content)), None)
    if kind is None:
        raise MediaTypeUnsupported(accepted=ACCEPTED)
    if PurePath(name).suffix.lower() not in _EXTENSIONS[kind]:
        raise MediaTypeMismatch(kind=kind.lower())
    if _ACTIVE.search(content) or zipfile.is_zipfile(BytesIO(content)):
        raise MediaHidesOther
    return kind


def refuse_odd_name(name: str) -> None:
    """Refuse a name that leads elsewhere, hides or cannot be shown. Raises MediaNameInvalid."""
    if not 0 < len(name) <= MAX_NAME or name.startswith(".") or _CONTROL.search(name):
        raise MediaNameInvalid(longest=MAX_NAME)
