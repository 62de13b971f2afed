"""One step at a time, when several commands start together in the same tree."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager

from devtools.paths import CACHE


@contextmanager
def locked(step: str) -> Iterator[None]:
    """Wait until no other process is inside this step; the lock dies with its process."""
    CACHE.mkdir(exist_ok=True)
    with (CACHE / f"{step}.lock").open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
