"""Objects in storage: their keys, and what storage must be able to do with them."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

KEY = re.compile(r"[0-9a-f]{40}\.(?:webp|gif|pdf)", re.ASCII)


@dataclass(frozen=True, slots=True)
class StoredObject:
    """What storage knows of an object."""

    key: str
    byte_size: int
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class LocalCopy:
    """A file to read an object from; a temporary one is the reader's to delete."""

    path: Path
    is_temporary: bool


class MediaStorage(Protocol):
    """Keeps objects under keys; an object is there whole or not at all, and never changes.

    Every method raises MediaStorageUnavailable where the storage does not answer.
    """

    def put(self, key: str, content: bytes) -> None:
        """Keep an object; when this returns, it outlives a crash of the machine."""

    def delete(self, keys: Iterable[str]) -> None:
        """Forget objects; those that are not there are no failure."""

    def find_copy(self, key: str) -> LocalCopy | None:
        """Return a file with the object's bytes, or None where there is no such object."""

    def size_of(self, key: str) -> int | None:
        """Return how many bytes an object has, or None where there is no such object."""

    def objects(self) -> Iterator[StoredObject]:
        """Yield all objects, in no order; also what a crash left half written."""
