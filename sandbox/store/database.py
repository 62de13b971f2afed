"""The SQLite file and its single writer."""

import json
import secrets
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from sandbox.store.schema import SCHEMA
from sandbox.store.transaction import DueOf, Recorder, Transaction


class Database:
    """One SQLite file (or `:memory:`), one connection, one lock: never two writers.

    `seed` makes every id the same in every run; without one a new file draws its own. What runs
    after each commit (the delivery of webhooks) is told by `after_commit`.
    """

    def __init__(
        self, path: str = ":memory:", *, record: Recorder, due_of: DueOf, seed: str | None = None
    ) -> None:
        self._record = record
        self._due_of = due_of
        self._lock = threading.RLock()
        self._connection = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
        self._connection.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;")
        self._connection.executescript(SCHEMA)
        self.after_commit: list[Callable[[], None]] = []
        self.seed: str = self.remembered("seed", seed or secrets.token_hex(8))

    @contextmanager
    def transaction(self, *, now: int, page_url: str = "") -> Iterator[Transaction]:
        """Everything inside is written at the end, or nothing of it when an exception leaves."""
        with self._lock:
            self._connection.execute("BEGIN IMMEDIATE")
            work = Transaction(
                self._connection,
                seed=self.seed,
                now=now,
                record=self._record,
                due_of=self._due_of,
            )
            work.page_url = page_url
            try:
                yield work
                work.flush()
                self._connection.execute("COMMIT")
            except BaseException:
                self._connection.execute("ROLLBACK")
                raise
        if work.emitted:
            for tell in self.after_commit:
                tell()

    @contextmanager
    def rows(self) -> Iterator[sqlite3.Connection]:
        """The bare connection under the lock, for tables that hold no Stripe objects."""
        with self._lock:
            yield self._connection

    def remembered(self, name: str, default: Any) -> Any:
        """A named value of the file, stored with `default` when it is not there yet."""
        with self._lock:
            row = self._connection.execute("SELECT value FROM meta WHERE name = ?", (name,))
            found = row.fetchone()
            if found is None:
                self.remember(name, default)
                return default
            return json.loads(found[0])

    def remember(self, name: str, value: Any) -> None:
        """Keep a named value in the file."""
        with self._lock:
            self._connection.execute(
                "INSERT INTO meta VALUES (?, ?)"
                " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                (name, json.dumps(value)),
            )

    def close(self) -> None:
        """Close the file; nothing may be written after."""
        with self._lock:
            self._connection.close()
