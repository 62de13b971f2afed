"""The short way for answers that are asked for most and known already.

A module offers such an answer for a prefix of addresses. Where it has one, the answer leaves
without routing, thread or statement; where it has none, the request goes the ordinary way and is
answered there. Both ways give the same answer.
"""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from starlette.types import ASGIApp, Receive, Scope, Send

from app.kit.http.at_once import AtOnce

_BEARER = b"bearer "


@dataclass(frozen=True, slots=True)
class HotRequest:
    """What is left of an address behind the prefix, and the headers by their lower-case names."""

    rest: str
    bearer: str
    headers: Mapping[bytes, bytes]


HotAnswer = Callable[[HotRequest], bytes | None]


class HotLane:
    """ASGI middleware in front of everything else.

    Only GET requests of programs take it: with a bearer token, without cookies and without a
    query, which may choose a language or more than the plain answer.
    """

    def __init__(
        self, app: ASGIApp, *, answers: Mapping[str, HotAnswer], secure: bool, logs: bool
    ) -> None:
        self._app = app
        self._answers = tuple(answers.items())
        self._at_once = AtOnce("hot", secure=secure, logs=logs)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer at once where a module can, else let the request pass."""
        if scope["type"] == "http" and scope["method"] == "GET" and not scope["query_string"]:
            path = scope["path"]
            for prefix, answer in self._answers:
                if path.startswith(prefix):
                    began = time.perf_counter()
                    request = _request(path[len(prefix) :], scope)
                    body = None if request is None else answer(request)
                    if request is not None and body is not None:
                        await self._at_once.send(
                            scope, request.headers, body, send, began=began, route=f"{prefix}*"
                        )
                        return
        await self._app(scope, receive, send)


def _request(rest: str, scope: Scope) -> HotRequest | None:
    headers = dict(scope["headers"])
    authorization: bytes = headers.get(b"authorization", b"")
    if b"cookie" in headers or authorization[: len(_BEARER)].lower() != _BEARER:
        return None
    return HotRequest(rest, authorization[len(_BEARER) :].strip().decode("latin-1"), headers)
