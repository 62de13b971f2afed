"""Values that all processes find, for as long as they are there."""

from datetime import timedelta
from typing import Protocol


class SharedCache(Protocol):
    """Values by key; whoever reads one must be able to tell whether it still holds."""

    def get(self, key: str) -> bytes | None:
        """Return what any process put last; None when it is gone or nobody can be asked."""

    def put(self, key: str, value: bytes, *, life: timedelta) -> None:
        """Keep a value for as long as `life`, if it can be kept."""


_cache: SharedCache | None = None


def configure_shared_cache(cache: SharedCache | None) -> None:
    """Install where values are kept; None where each process is alone."""
    global _cache
    _cache = cache


def shared_cache() -> SharedCache | None:
    """Return where values are kept."""
    return _cache
