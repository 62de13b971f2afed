"""The short way in for what programs send most, such as webhooks.

A module takes the bodies of one address in. What it does not take goes the ordinary way, body and
all, and is answered there: refused with the right error, or taken in by itself.
"""

import time
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.kit.http.at_once import AtOnce

MAX_BYTES = 1_000_000

HotIntake = Callable[[bytes, Mapping[bytes, bytes]], Awaitable[bytes | None]]


class HotIntakes:
    """ASGI middleware for POST requests to the addresses of `intakes`.

    An intake is given body and headers (by lower-case names), and returns its answer as JSON.
    """

    def __init__(
        self, app: ASGIApp, *, intakes: Mapping[str, HotIntake], secure: bool, logs: bool
    ) -> None:
        self._app = app
        self._intakes = intakes
        self._at_once = AtOnce("intake", secure=secure, logs=logs)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Take a body in where a module can, else let the request pass."""
        intake = _intake(self._intakes, scope)
        if intake is None:
            await self._app(scope, receive, send)
            return
        began = time.perf_counter()
        reading = _Reading(receive)
        body = await reading.whole()
        headers = dict(scope["headers"])
        answer = None if body is None else await intake(body, headers)
        if answer is None:
            await self._app(scope, reading.again, send)
        else:
            await self._at_once.send(scope, headers, answer, send, began=began, route=scope["path"])


def _intake(intakes: Mapping[str, HotIntake], scope: Scope) -> HotIntake | None:
    if scope["type"] != "http" or scope["method"] != "POST" or scope["query_string"]:
        return None
    return intakes.get(scope["path"])


class _Reading:
    """Reads a body and, for the ordinary way, tells again what came."""

    def __init__(self, receive: Receive) -> None:
        self._receive = receive
        self._came: list[Message] = []

    async def whole(self) -> bytes | None:
        """Return the body; None where it is too large or its sender left."""
        size, more = 0, True
        while more and size <= MAX_BYTES:
            message = await self._receive()
            self._came.append(message)
            if message["type"] != "http.request":
                return None
            size += len(message.get("body", b""))
            more = message.get("more_body", False)
        if size > MAX_BYTES:
            return None
        return b"".join(one.get("body", b"") for one in self._came)

    async def again(self) -> Any:
        """Return the next message of the server."""
        return self._came.pop(0) if self._came else await self._receive()
