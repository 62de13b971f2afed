"""The reference of `webhooks`: a bare ASGI inbox. Arguments: database address, port.

It checks the signature, reads the JSON, inserts the event unless it is there, commits, answers.
"""

import asyncio
import hashlib
import hmac
import json
import sqlite3
import sys
from collections.abc import Awaitable, Callable
from typing import Any

import psycopg
import uvicorn

from benchmarks._webhook_mix import SECRET

TABLE = "CREATE TABLE IF NOT EXISTS bare_inbox (event_id TEXT PRIMARY KEY, type TEXT, body TEXT)"
INSERT = "INSERT INTO bare_inbox VALUES (?, ?, ?) ON CONFLICT DO NOTHING"
CONNECTIONS = 10
Store = Callable[[str, str, str], Awaitable[None]]


async def store_in_sqlite(url: str) -> Store:
    """Write on one connection, as durably as the product."""
    connection = sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute(TABLE)

    async def store(event_id: str, kind: str, body: str) -> None:
        connection.execute(INSERT, (event_id, kind, body))

    return store


async def store_in_postgres(url: str) -> Store:
    """Write on a few connections in turn."""
    plain = url.replace("postgresql+psycopg://", "postgresql://")
    free: asyncio.Queue[psycopg.AsyncConnection[Any]] = asyncio.Queue()
    for _ in range(CONNECTIONS):
        free.put_nowait(await psycopg.AsyncConnection.connect(plain, autocommit=True))
    first = await free.get()
    await first.execute(TABLE)
    free.put_nowait(first)
    statement = INSERT.replace("?", "%s")

    async def store(event_id: str, kind: str, body: str) -> None:
        connection = await free.get()
        try:
            await connection.execute(statement, (event_id, kind, body))
        finally:
            free.put_nowait(connection)

    return store


class BareInbox:
    """One route."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._store: Store | None = None

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Check, store, answer."""
        if scope["type"] != "http":
            return
        if self._store is None:
            opened = store_in_sqlite if self._url.startswith("sqlite") else store_in_postgres
            self._store = await opened(self._url)
        body = b""
        while True:
            message = await receive()
            body += message.get("body", b"")
            if not message.get("more_body"):
                break
        status = 200 if _is_signed(body, dict(scope["headers"])) else 400
        if status == 200:
            event = json.loads(body)
            await self._store(event["id"], event["type"], body.decode())
        headers = [(b"content-type", b"application/json"), (b"content-length", b"2")]
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": b"{}"})


def _is_signed(body: bytes, headers: dict[bytes, bytes]) -> bool:
    said = dict(one.split(b"=", 1) for one in headers.get(b"stripe-signature", b"t=").split(b","))
    signed = said[b"t"] + b"." + body
    digest = hmac.new(SECRET.encode(), signed, hashlib.sha256).hexdigest().encode()
    return hmac.compare_digest(digest, said.get(b"v1", b""))


if __name__ == "__main__":
    uvicorn.run(
        BareInbox(sys.argv[1]),
        host="127.0.0.1",
        port=int(sys.argv[2]),
        access_log=False,
        log_level="warning",
        server_header=False,
        lifespan="off",
    )
