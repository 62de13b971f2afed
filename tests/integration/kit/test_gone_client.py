"""Who leaves before the end of a request is no failure of ours."""

from typing import Any

from starlette.requests import Request
from starlette.types import Message, Scope

from app.kit.http.middleware import Outermost
from tests import event_loop

SCOPE: Scope = {
    "type": "http",
    "method": "POST",
    "path": "/api/v1/auth/login",
    "query_string": b"",
    "headers": [(b"content-length", b"50")],
    "client": ("127.0.0.1", 1),
}


async def read_body(scope: Scope, receive: Any, send: Any) -> None:
    """An application that wants the whole body first."""
    await Request(scope, receive).body()
    raise AssertionError("there is no body")


def test_answers_nothing_to_a_reader_who_left() -> None:
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        sent.append(message)

    event_loop.run(Outermost(read_body, secure=False)(SCOPE, receive, send))
    assert sent == []
