"""Rows that are asked for again and again, without a statement for each time.

What was asked for lately is read anew together twice a second; what has not been read yet is
answered by nothing, and its asker reads it in the ordinary way.
"""

from collections.abc import Callable, Collection, Hashable, Mapping, Sequence
from threading import Event, Lock, Thread
from time import monotonic
from typing import Any, Generic, TypeVar

import structlog
from sqlalchemy.orm import Session

from app.kit.db import unit_of_work

LIFE_S = 1.0  # so old may a row be that another process changed
ASKED_FOR_S = 60.0
READ_EVERY_S = 0.4
MAX_ROWS = 10_000

_log = structlog.get_logger(__name__)

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


class WarmRows(Generic[Key, Value]):
    """Values by key, at most a second old; what this process changed is forgotten at once."""

    def __init__(self, read: Callable[[Session, Collection[Key]], Mapping[Key, Value]]) -> None:
        self._read = read
        self._rows: Mapping[Key, Value] = {}
        self._until = 0.0
        self._asked: dict[Key, float] = {}
        self._generation = 0
        self._lock = Lock()

    def find(self, key: Key) -> Value | None:
        """Return a value that may be believed; None for one that must be read, or that is not."""
        now = monotonic()
        if key in self._asked or len(self._asked) < MAX_ROWS:
            self._asked[key] = now + ASKED_FOR_S
        return self._rows.get(key) if now < self._until else None

    def forget(self) -> None:
        """Drop everything: this process changed one of the rows."""
        with self._lock:
            self._generation += 1
            self._rows, self._until = {}, 0.0

    def refresh(self) -> None:
        """Read what was asked for within the last minute; nothing where nobody asked."""
        generation, read_at = self._generation, monotonic()
        self._asked = {key: until for key, until in self._asked.copy().items() if read_at < until}
        if not self._asked:
            return
        with unit_of_work(read_only=True) as work:
            rows = self._read(work.session, list(self._asked))
        with self._lock:
            if generation == self._generation:  # else it may be older than a change
                self._rows, self._until = rows, read_at + LIFE_S


class Warmer:
    """The thread of a process that reads warm rows anew."""

    def __init__(self, kept: Sequence[WarmRows[Any, Any]]) -> None:
        self._kept = kept
        self._stop = Event()
        self._thread: Thread | None = None

    def start(self) -> None:
        """Begin."""
        self._stop.clear()
        self._thread = Thread(target=self._run, name="warm-rows", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End; rows then grow old, and everyone reads them in the ordinary way."""
        self._stop.set()
        if self._thread is not None:
            self._thread.join(timeout=5)

    def _run(self) -> None:
        while not self._stop.wait(READ_EVERY_S):
            try:
                for rows in self._kept:
                    rows.refresh()
            except Exception:  # noqa: BLE001 - the thread must outlive every failure
                _log.warning("warm_rows_lost", exc_info=True)
