"""Media files in a folder, spread over 65,536 subfolders."""

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

from app.modules.media.exceptions import MediaStorageUnavailable
from app.modules.media.gateways.objects import KEY, LocalCopy, StoredObject

HALF_WRITTEN = ".part"


class LocalFolder:
    """Implements `MediaStorage`; processes on several machines may share the folder."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def put(self, key: str, content: bytes) -> None:
        """Write beside its place, flush to disk, then rename: nobody ever sees half an object."""
        with _told():
            place = self._path(key)
            place.parent.mkdir(parents=True, exist_ok=True)
            half = place.with_name(f"{key}.{uuid4().hex}{HALF_WRITTEN}")
            try:
                _write_through(half, content)
                half.rename(place)
            finally:
                half.unlink(missing_ok=True)
            _flush_folder(place.parent)

    def delete(self, keys: Iterable[str]) -> None:
        """Remove the files of objects, and of writes that a crash broke off."""
        with _told():
            for key in keys:
                self._path(key).unlink(missing_ok=True)

    def find_copy(self, key: str) -> LocalCopy | None:
        """Return the object's own file."""
        if not KEY.fullmatch(key):
            return None
        path = self._path(key)
        return LocalCopy(path, is_temporary=False) if path.is_file() else None

    def size_of(self, key: str) -> int | None:
        """Ask the folder."""
        try:
            return self._path(key).stat().st_size
        except FileNotFoundError:
            return None

    def objects(self) -> Iterator[StoredObject]:
        """Walk through the folder; a file that goes meanwhile is left out."""
        for path in self._root.glob("??/??/*"):
            try:
                found = path.stat()
            except FileNotFoundError:
                continue
            changed_at = datetime.fromtimestamp(found.st_mtime, UTC)
            yield StoredObject(path.name, found.st_size, changed_at)

    def _path(self, key: str) -> Path:
        return self._root / key[:2] / key[2:4] / key


@contextmanager
def _told() -> Iterator[None]:
    """Turn whatever the disk says (full, read-only, away) into a named error."""
    try:
        yield
    except OSError as broken:
        raise MediaStorageUnavailable from broken


def _write_through(path: Path, content: bytes) -> None:
    with path.open("xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _flush_folder(folder: Path) -> None:
    """Flush the name too, which a crash of the machine could lose otherwise."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
