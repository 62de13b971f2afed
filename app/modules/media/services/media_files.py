"""Finding an object to serve."""

from dataclasses import dataclass
from pathlib import Path

from app.modules.media.gateways.storage import media_storage

MEDIA_TYPES = {"webp": "image/webp", "gif": "image/gif", "pdf": "application/pdf"}


@dataclass(frozen=True, slots=True)
class OpenedFile:
    """A file to send; a temporary one is to be deleted afterwards."""

    path: Path
    media_type: str
    is_temporary: bool


def open_media_file(key: str) -> OpenedFile | None:
    """Return the object of a key, or None where there is none. Raises MediaStorageUnavailable."""
    copy = media_storage().find_copy(key)
    if copy is None:
        return None
    return OpenedFile(copy.path, MEDIA_TYPES[key.rpartition(".")[2]], copy.is_temporary)
