"""From a file as sent to the objects that are kept of it (D36); no database, no storage."""

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

import structlog
from PIL import Image

from app.modules.media.exceptions import MediaMovesUnsupported, MediaUnreadable
from app.modules.media.models import MediaKind, Variant
from app.modules.media.services.file_kinds import FileKind, kind_of
from app.modules.media.services.gif_blocks import GifBlocks, read_gif_blocks
from app.modules.media.services.pictures import MAX_FRAMES, read_picture

SIDES = {Variant.ORIGINAL: 2000, Variant.MEDIUM: 800, Variant.SMALL: 200}
QUALITY = 80
EFFORT = 2  # of 6: a twelfth more bytes than the default, in two thirds of the time
_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Rendition:
    """One object to be: `extension` says its type."""

    variant: Variant
    extension: str
    content: bytes
    width: int | None = None
    height: int | None = None


@dataclass(frozen=True, slots=True)
class Renditions:
    """What is kept of one file."""

    kind: MediaKind
    objects: tuple[Rendition, ...]

    @property
    def byte_size(self) -> int:
        """Bytes of all objects together."""
        return sum(len(one.content) for one in self.objects)


def render_file(content: bytes, *, name: str) -> Renditions:
    """Look at a file and make what is kept of it.

    Raises what is wrong with the file; see `exceptions`.
    """
    kind = kind_of(content, name=name)
    if kind is FileKind.PDF:
        return _document(content)
    if kind is FileKind.GIF:
        blocks = read_gif_blocks(content)
        if blocks.frames > 1:
            return _animation(blocks)
    picture = read_picture(content, kind, at_most=SIDES[Variant.ORIGINAL])
    return Renditions(MediaKind.IMAGE, (_webp(picture, Variant.ORIGINAL), *_smaller(picture)))


def _document(content: bytes) -> Renditions:
    if b"%%EOF" not in content[-1024:]:
        raise MediaUnreadable
    return Renditions(MediaKind.DOCUMENT, (Rendition(Variant.ORIGINAL, "pdf", content),))


def _animation(blocks: GifBlocks) -> Renditions:
    """It stays as it is, since it moves; a still of its first frame stands for it in lists."""
    if blocks.frames > MAX_FRAMES:
        raise MediaMovesUnsupported(frames=MAX_FRAMES)
    still = read_picture(blocks.content, FileKind.GIF, at_most=SIDES[Variant.SMALL])
    whole = Rendition(Variant.ORIGINAL, "gif", blocks.content, *_screen_of(blocks.content))
    return Renditions(MediaKind.ANIMATION, (whole, _webp(still, Variant.SMALL)))


def _screen_of(gif: bytes) -> tuple[int, int]:
    return int.from_bytes(gif[6:8], "little"), int.from_bytes(gif[8:10], "little")


def _smaller(picture: Image.Image) -> Iterator[Rendition]:
    """Ever smaller pictures, each from the one before; one that fails never loses the upload."""
    for variant in (Variant.MEDIUM, Variant.SMALL):
        side = SIDES[variant]
        if max(picture.size) <= side:
            continue  # never larger than it was, and not the same twice
        try:
            picture = picture.copy()
            picture.thumbnail((side, side), Image.Resampling.LANCZOS, reducing_gap=2.0)
            yield _webp(picture, variant)
        except (OSError, ValueError, MemoryError):
            _log.warning("media_variant_failed", variant=variant, exc_info=True)


def _webp(picture: Image.Image, variant: Variant) -> Rendition:
    written = BytesIO()
    picture.save(written, "WEBP", quality=QUALITY, method=EFFORT)
    return Rendition(variant, "webp", written.getvalue(), *picture.size)
