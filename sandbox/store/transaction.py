"""One unit of reading and writing objects, with the events that it causes."""

import json
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from sandbox.store.identifiers import PREFIXES, token
from sandbox.store.json_values import HIDDEN, Json, changed_from, compact
from sandbox.wire.errors import resource_missing

Recorder = Callable[["Transaction", str, str], None]
"""Keeps an event: its type and its `data` as JSON text."""

DueOf = Callable[[Json], tuple[int | None, int]]
"""When the engine has to look at an object again, and its rank among those due at that second."""


class Transaction:
    """Objects read and changed together; `now` is the business time of what is being done.

    Objects are dicts, each handed out once (an identity map): change them and `save` them.
    """

    def __init__(
        self,
        connection: sqlite3.Connection,
        *,
        seed: str,
        now: int,
        record: Recorder,
        due_of: DueOf,
    ) -> None:
        self.now = now
        self.page_url = ""
        self.clocks_to_move: list[str] = []
        self.emitted = 0
        self.request: Json = {"id": None, "idempotency_key": None}
        self.connection = connection
        self._record = record
        self._due_of = due_of
        self._seed = seed
        self._objects: dict[str, Json] = {}
        self._told: dict[str, str] = {}
        self._dirty: dict[str, Json] = {}
        row = connection.execute("SELECT value FROM meta WHERE name = 'counter'").fetchone()
        self._counter = int(row[0]) if row else 0
        self._counter_kept = self._counter
        self._rows_made: dict[str, int] = {}
        self._series: dict[str, int] = {}
        self._endpoints: list[Json] | None = None

    def find(self, object_id: str | None) -> Json | None:
        """The object of that id, or None."""
        if not object_id:
            return None
        if object_id in self._objects:
            return self._objects[object_id]
        row = self.connection.execute(
            "SELECT body FROM object WHERE id = ?", (object_id,)
        ).fetchone()
        return self._known(object_id, row[0]) if row else None

    def get(self, kind: str, object_id: str, *, param: str = "id") -> Json:
        """The live object of that kind and id; Stripe's `resource_missing` when there is none."""
        found = self.find(object_id)
        if found is None or found["object"] != kind or found.get("deleted"):
            raise resource_missing(kind, object_id, param=param)
        return found

    def new_id(self, kind: str) -> str:
        """A fresh id for an object of that kind."""
        return PREFIXES[kind] + self.token()

    def token(self, *, length: int = 24) -> str:
        """Fresh characters, the same in every run of the same seed."""
        self._counter += 1
        return token(self._seed, self._counter, length=length)

    def next_number(self, series: str) -> int:
        """The next number of a named series, from 1, without gaps."""
        if series not in self._series:
            row = self.connection.execute(
                "SELECT value FROM meta WHERE name = ?", (f"series:{series}",)
            ).fetchone()
            self._series[series] = int(row[0]) if row else 0
        self._series[series] += 1
        return self._series[series]

    def endpoints(self) -> list[Json]:
        """The webhook endpoints as they were when this transaction first asked."""
        if self._endpoints is None:
            rows = self.connection.execute(
                "SELECT body FROM object WHERE kind = 'webhook_endpoint' ORDER BY seq"
            ).fetchall()
            self._endpoints = [json.loads(row[0]) for row in rows]
        return self._endpoints

    def add(self, obj: Json) -> Json:
        """Keep a new object; what was not set yet by its `object` and `id` must be there."""
        self._objects[obj["id"]] = obj
        self._told[obj["id"]] = ""
        self._counter += 1
        self._rows_made[obj["id"]] = self._counter
        self._dirty[obj["id"]] = obj
        return obj

    def add_text(self, kind: str, object_id: str, body: str) -> None:
        """Keep a new object that nobody will change, as it is written."""
        self._counter += 1
        self.connection.execute(
            "INSERT INTO object (id, seq, kind, body) VALUES (?, ?, ?, ?)",
            (object_id, self._counter, kind, body),
        )

    def save(self, obj: Json) -> Json:
        """Keep what was changed in an object that came out of this transaction."""
        self._dirty[obj["id"]] = obj
        return obj

    def delete(self, obj: Json) -> None:
        """Forget an object."""
        self.flush()
        self.connection.execute("DELETE FROM object WHERE id = ?", (obj["id"],))
        self._objects.pop(obj["id"], None)

    def select(
        self, kind: str, where: str = "", values: Sequence[Any] = (), *, order: str = "seq DESC"
    ) -> list[Json]:
        """Objects of a kind, newest first; `where` is SQL of the sandbox, never of a request."""
        if any(obj["object"] == kind for obj in self._dirty.values()):
            self.flush()
        condition = f" AND {where}" if where else ""
        query = f"SELECT id, body FROM object WHERE kind = ?{condition} ORDER BY {order}"  # noqa: S608
        rows = self.connection.execute(query, (kind, *values)).fetchall()
        return [self._known(object_id, body) for object_id, body in rows]

    def first(self, kind: str, where: str, values: Sequence[Any]) -> Json | None:
        """The newest object that meets the condition, or None."""
        found = self.select(kind, where, values, order="seq DESC LIMIT 1")
        return found[0] if found else None

    def count(self, kind: str) -> int:
        """How many objects of a kind there are."""
        self.flush()
        row = self.connection.execute("SELECT count(*) FROM object WHERE kind = ?", (kind,))
        return int(row.fetchone()[0])

    def next_due(self, clock: str, until: int) -> tuple[Json, int] | None:
        """The object of a clock that is due first, not after `until`, and when; or None."""
        self.flush()
        row = self.connection.execute(
            "SELECT id, body, due_at FROM object WHERE clock = ? AND due_at <= ?"
            " ORDER BY due_at, due_rank, seq LIMIT 1",
            (clock, until),
        ).fetchone()
        return (self._known(row[0], row[1]), int(row[2])) if row else None

    def earliest_due(self, clock: str) -> int | None:
        """When the next thing of a clock is due, or None."""
        self.flush()
        row = self.connection.execute(
            "SELECT min(due_at) FROM object WHERE clock = ? AND due_at IS NOT NULL", (clock,)
        ).fetchone()
        return row[0] if row[0] is None else int(row[0])

    def emit(self, event_type: str, obj: Json) -> None:
        """Tell of what happened to an object, with its state as it is now.

        An `….updated` carries what changed since the last event of that object; when nothing
        changed there is nothing to tell.
        """
        previous = None
        told = self._told.get(obj["id"])
        if told and event_type.endswith("updated"):
            previous = changed_from(json.loads(told), obj)
            if not previous:
                return
        text = compact(obj)
        self._told[obj["id"]] = text
        data = f'{{"object":{text}}}'
        if previous is not None:
            data = f'{{"object":{text},"previous_attributes":{compact(previous)}}}'
        self._record(self, event_type, data)
        self.emitted += 1

    @contextmanager
    def rehearsal(self) -> Iterator[None]:
        """What is done inside is undone at the end: objects must be fetched inside anew."""
        self.flush()
        counter_kept = self._counter_kept
        kept = (self._objects, self._told, self._rows_made, self._counter, self.now, self.emitted)
        series = dict(self._series)
        self._objects, self._told, self._rows_made = {}, {}, {}
        self.connection.execute("SAVEPOINT rehearsal")
        try:
            yield
        finally:
            self._dirty.clear()
            self.connection.execute("ROLLBACK TO rehearsal")
            self.connection.execute("RELEASE rehearsal")
            (
                self._objects,
                self._told,
                self._rows_made,
                self._counter,
                self.now,
                self.emitted,
            ) = kept
            self._counter_kept = counter_kept
            self._series = series

    def flush(self) -> None:
        """Write what was saved so far, so that `select` sees it."""
        for object_id, obj in self._dirty.items():
            due_at, rank = self._due_of(obj)
            number = self._rows_made.get(object_id)
            part = obj.get(HIDDEN, {})
            links = (
                _id_of(obj.get("customer")),
                part.get("subscription") or _id_of(obj.get("subscription")),
                _id_of(obj.get("test_clock")) or part.get("clock") or "",
            )
            body = compact(obj)
            if number is not None:
                self.connection.execute(
                    "INSERT INTO object (id, seq, kind, customer, subscription, clock, due_at,"
                    " due_rank, body) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
                    " ON CONFLICT (id) DO UPDATE SET customer = excluded.customer,"
                    " subscription = excluded.subscription, clock = excluded.clock,"
                    " due_at = excluded.due_at, due_rank = excluded.due_rank, body = excluded.body",
                    (object_id, number, obj["object"], *links, due_at, rank, body),
                )
            else:
                self.connection.execute(
                    "UPDATE object SET customer = ?, subscription = ?, clock = ?, due_at = ?,"
                    " due_rank = ?, body = ? WHERE id = ?",
                    (*links, due_at, rank, body, object_id),
                )
        self._dirty.clear()
        self._keep_numbers()

    def _keep_numbers(self) -> None:
        if self._counter == self._counter_kept:
            return
        self._counter_kept = self._counter
        numbers = [("counter", self._counter)]
        numbers += [(f"series:{name}", last) for name, last in self._series.items()]
        self.connection.executemany(
            "INSERT INTO meta VALUES (?, ?)"
            " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
            [(name, str(number)) for name, number in numbers],
        )

    def _known(self, object_id: str, body: str) -> Json:
        if object_id not in self._objects:
            self._objects[object_id] = json.loads(body)
            self._told[object_id] = body
        return self._objects[object_id]


def _id_of(value: Any) -> str | None:
    return value if isinstance(value, str) else None
