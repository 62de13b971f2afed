"""`Idempotency-Key`: the same request again gets the first answer, another one is refused."""

import hashlib
import json
import threading
from dataclasses import dataclass

from sandbox.store.database import Database
from sandbox.store.json_values import Json
from sandbox.wire.errors import StripeError

KEPT_SECONDS = 24 * 3600
LONGEST_KEY = 255


@dataclass(frozen=True)
class Kept:
    """An answer that was given before."""

    request_id: str
    status: int
    body: Json


class Idempotency:
    """Answers by key, for a day of real time."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._running: set[str] = set()
        self._lock = threading.Lock()

    def begin(self, key: str, fingerprint: str, *, now: float) -> Kept | None:
        """The answer that this key got before, or None after noting that it is being worked on.

        Raises Stripe's 409 while the same key is being worked on, 400 for another request.
        """
        if len(key) > LONGEST_KEY:
            raise StripeError("Idempotency keys can have up to 255 characters.")
        with self._lock:
            if key in self._running:
                raise _in_use(key)
            kept = self._kept(key, fingerprint, now=now)
            if kept is None:
                self._running.add(key)
            return kept

    def end(self, key: str) -> None:
        """Nobody works on this key any more."""
        with self._lock:
            self._running.discard(key)

    def keep(self, key: str, fingerprint: str, kept: Kept, *, now: float) -> None:
        """Keep the answer of a key."""
        with self._database.rows() as rows:
            rows.execute(
                "INSERT OR REPLACE INTO idempotency VALUES (?, ?, ?, ?, ?, ?)",
                (key, fingerprint, kept.request_id, kept.status, json.dumps(kept.body), now),
            )

    def _kept(self, key: str, fingerprint: str, *, now: float) -> Kept | None:
        with self._database.rows() as rows:
            rows.execute("DELETE FROM idempotency WHERE created < ?", (now - KEPT_SECONDS,))
            row = rows.execute(
                "SELECT fingerprint, request_id, status, body FROM idempotency WHERE key = ?",
                (key,),
            ).fetchone()
        if row is None:
            return None
        if row[0] != fingerprint:
            raise _other_request(key)
        return Kept(row[1], row[2], json.loads(row[3]))


def fingerprint_of(method: str, path: str, params: Json) -> str:
    """What makes two requests the same."""
    text = json.dumps([method, path, params], sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def _in_use(key: str) -> StripeError:
    return StripeError(
        f"There is currently another in-progress request using this Idempotent Key: {key}",
        status=409,
        kind="idempotency_error",
        code="idempotency_key_in_use",
    )


def _other_request(key: str) -> StripeError:
    return StripeError(
        "Keys for idempotent requests can only be used with the same parameters they were first "
        f"used with. Try using a key other than '{key}' if you meant to execute a different "
        "request.",
        kind="idempotency_error",
    )
