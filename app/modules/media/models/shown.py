"""A file as others show it: its addresses, and the sizes for a browser to choose from."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.modules.media.models.media_file import MediaFile, MediaKind, MediaObject, Variant

ADDRESS = "/media/"


@dataclass(frozen=True, slots=True)
class ShownFile:
    """Addresses of a file; `srcset` is empty where there is one size alone.

    `thumbnail_url` is None for what has no picture. Width and height are the whole picture's.
    """

    media_id: int
    name: str
    url: str
    thumbnail_url: str | None
    srcset: str
    width: int | None
    height: int | None


def shown(file: MediaFile, objects: Sequence[MediaObject]) -> ShownFile:
    """Describe a file with its objects."""
    original = next(one for one in objects if one.variant == Variant.ORIGINAL)
    sizes = sorted(
        (one for one in objects if one.width and not _moves(file, one)),
        key=lambda one: one.width or 0,
    )
    several = len(sizes) > 1
    return ShownFile(
        media_id=file.id,
        name=file.name,
        url=_url(original),
        thumbnail_url=_url(sizes[0]) if sizes else None,
        srcset=", ".join(f"{_url(one)} {one.width}w" for one in sizes) if several else "",
        width=original.width,
        height=original.height,
    )


def _moves(file: MediaFile, one: MediaObject) -> bool:
    return file.kind == MediaKind.ANIMATION and one.variant == Variant.ORIGINAL


def _url(one: MediaObject) -> str:
    return ADDRESS + one.key
