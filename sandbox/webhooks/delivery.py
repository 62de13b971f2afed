"""The postman: takes waiting deliveries in order, signs and sends them, tries again later."""

import http.client
import json
import sqlite3
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from sandbox.store.database import Database
from sandbox.store.json_values import Json, compact, public_text
from sandbox.webhooks.chaos import CALM, NEAR, Chaos
from sandbox.webhooks.signature import signature
from sandbox.wire.versions import NEWEST, rendered

WAITING = (
    "SELECT delivery.id, event.body, endpoint.body, api_version, attempts"
    " FROM delivery LEFT JOIN object AS event ON event.id = event_id"
    " LEFT JOIN object AS endpoint ON endpoint.id = endpoint_id WHERE state = 'waiting'"
)
UNTRIED = "AND attempts = 0 AND position <= ? ORDER BY position, delivery.id LIMIT ?"
AGAIN = "AND attempts > 0 AND delivery.due_at <= ? ORDER BY position, delivery.id LIMIT ?"

TIMEOUT_SECONDS = 10.0
BATCH = 25


@dataclass(frozen=True)
class Backoff:
    """Real seconds between the tries of one delivery; after the last it has failed for good."""

    seconds: tuple[float, ...] = (1, 5, 25, 120, 600, 3600)


@dataclass(frozen=True)
class Delivery:
    """One copy of an event on its way to an endpoint; both as stored, None when gone."""

    id: int
    event: str | None
    endpoint: str | None
    api_version: str
    attempts: int


@dataclass(frozen=True)
class Outcome:
    """How one try went, and when the next one is due."""

    state: str
    attempts: int
    id: int
    status: int | None = None
    error: str | None = None
    due: float = 0.0


class Postman:
    """Delivers in a thread of its own; one at a time, by position, then what is due again."""

    def __init__(
        self,
        database: Database,
        *,
        backoff: Backoff | None = None,
        clock: Callable[[], float] = time.time,
        patience: float = 2.0,
        chaos: Chaos = CALM,
    ) -> None:
        self._database = database
        self._chaos = chaos
        self._backoff = backoff or Backoff()
        self._clock = clock
        self._patience = patience
        self._wake = threading.Condition()
        self._news = 0
        self._stopped = threading.Event()
        self._connections: dict[str, http.client.HTTPConnection] = {}
        self._flushed = False
        self._thread = threading.Thread(target=self._run, name="sandbox-postman", daemon=True)

    def start(self) -> None:
        """Begin to deliver."""
        self._database.after_commit.append(self.wake)
        self._thread.start()

    def stop(self) -> None:
        """Finish the delivery at hand and end."""
        with self._wake:
            self._stopped.set()
            self._wake.notify_all()
        if self._thread.is_alive():
            self._thread.join(TIMEOUT_SECONDS + 5)
        for connection in self._connections.values():
            connection.close()

    def wake(self) -> None:
        """There may be something to deliver."""
        with self._wake:
            self._news += 1
            self._flushed = False
            self._wake.notify_all()

    def flush(self) -> None:
        """Nothing more will happen for now: deliver what chaos holds back, too."""
        with self._wake:
            self._news += 1
            self._flushed = True
            self._wake.notify_all()

    def undelivered(self) -> int:
        """Deliveries that have not been tried yet."""
        with self._database.rows() as rows:
            found = rows.execute(
                "SELECT count(*) FROM delivery WHERE state = 'waiting' AND attempts = 0"
            )
            return int(found.fetchone()[0])

    def wait(self, timeout: float = 60.0) -> None:
        """Until every delivery was tried at least once; TimeoutError after `timeout` seconds."""
        ends = time.monotonic() + timeout
        with self._wake:
            while self._anything_untried():
                if not self._wake.wait(max(0.0, ends - time.monotonic())):
                    raise TimeoutError("Webhooks are still waiting to be delivered.")

    def _anything_untried(self) -> bool:
        with self._database.rows() as rows:
            found = rows.execute(
                "SELECT 1 FROM delivery WHERE state = 'waiting' AND attempts = 0 LIMIT 1"
            )
            return found.fetchone() is not None

    def _run(self) -> None:
        while not self._stopped.is_set():
            seen = self._news
            batch = self._next()
            if batch:
                self._note([self._deliver(each) for each in batch if not self._stopped.is_set()])
                continue
            with self._wake:
                self._wake.notify_all()
                idle = self._news == seen and not self._stopped.is_set()
                if idle and not self._wake.wait(self._pause()):
                    self._flushed = True

    def _pause(self) -> float:
        """Seconds until something may be due without news."""
        with self._database.rows() as rows:
            due = rows.execute(
                "SELECT min(due_at) FROM delivery WHERE state = 'waiting' AND attempts > 0"
            ).fetchone()[0]
        quiet = self._patience if self._anything_untried() else 3600.0
        return quiet if due is None else max(0.01, min(quiet, due - self._clock()))

    def _next(self) -> list["Delivery"]:
        """The deliveries that come next: untried ones by position, then what is due again."""
        with self._database.rows() as rows:
            settled = self._horizon(rows)
            found = rows.execute(f"{WAITING} {UNTRIED}", (settled, BATCH)).fetchall()
            if not found:
                found = rows.execute(f"{WAITING} {AGAIN}", (self._clock(), BATCH)).fetchall()
        return [Delivery(*row) for row in found]

    def _horizon(self, rows: sqlite3.Connection) -> float:
        """Up to which position the order is settled: chaos lets a later event overtake."""
        if not self._chaos.active or self._flushed:
            return float("inf")
        row = rows.execute("SELECT value FROM meta WHERE name = 'series:events'").fetchone()
        return float(row[0]) - NEAR if row else 0.0

    def _deliver(self, delivery: "Delivery") -> "Outcome":
        endpoint = json.loads(delivery.endpoint) if delivery.endpoint else None
        if delivery.event is None or endpoint is None or endpoint["status"] != "enabled":
            return Outcome("dropped", delivery.attempts, delivery.id)
        payload = payload_of(delivery.event, delivery.api_version)
        status, error = self._post(endpoint, payload)
        tried = delivery.attempts + 1
        if status is not None and 200 <= status < 300:
            return Outcome("delivered", tried, delivery.id, status)
        if tried > len(self._backoff.seconds):
            return Outcome("failed", tried, delivery.id, status, error)
        due = self._clock() + self._backoff.seconds[tried - 1]
        return Outcome("waiting", tried, delivery.id, status, error, due)

    def _post(self, endpoint: Json, payload: bytes) -> tuple[int | None, str | None]:
        url = urlsplit(endpoint["url"])
        stamp = int(time.time())
        headers = {
            "Content-Type": "application/json; charset=utf-8",
            "User-Agent": "Stripe/1.0 (+https://docs.stripe.com/webhooks)",
            "Stripe-Signature": signature(payload, secret=endpoint["secret"], timestamp=stamp),
        }
        path = (url.path or "/") + (f"?{url.query}" if url.query else "")
        problem = ""
        for fresh in (False, True):
            connection = self._connection(url, fresh=fresh)
            try:
                connection.request("POST", path, payload, headers)
                answer = connection.getresponse()
                answer.read()
            except (OSError, http.client.HTTPException) as error:
                connection.close()
                problem = f"{type(error).__name__}: {error}"
            else:
                return answer.status, None if answer.status < 300 else answer.reason
        return None, problem

    def _connection(self, url: SplitResult, *, fresh: bool) -> http.client.HTTPConnection:
        if fresh or url.netloc not in self._connections:
            kind = (
                http.client.HTTPSConnection if url.scheme == "https" else http.client.HTTPConnection
            )
            self._connections[url.netloc] = kind(url.netloc, timeout=TIMEOUT_SECONDS)
        return self._connections[url.netloc]

    def _note(self, outcomes: list["Outcome"]) -> None:
        """Keep how deliveries went; what is lost here by a sudden end is delivered once more."""
        with self._database.rows() as rows:
            rows.execute("BEGIN")
            rows.executemany(
                "UPDATE delivery SET state = ?, attempts = ?, response_status = ?, last_error = ?,"
                " due_at = ? WHERE id = ?",
                [(o.state, o.attempts, o.status, o.error, o.due, o.id) for o in outcomes],
            )
            rows.execute("COMMIT")
        with self._wake:
            self._wake.notify_all()


def payload_of(event: str, version: str) -> bytes:
    """The body of a stored event in a version; the same event gives the same bytes."""
    shown = public_text(event) if version == NEWEST else rendered(json.loads(event), version)
    shown["api_version"] = version
    return compact(shown).encode()
