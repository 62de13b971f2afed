"""The short way for answers that are asked for most and known already.

A module offers such an answer for a prefix of addresses. Where it has one, the answer leaves
without routing, thread or statement; where it has none, the request goes the ordinary way and is
answered there. Both ways give the same answer.
"""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache

import structlog
from starlette.types import ASGIApp, Receive, Scope, Send

from app.kit import i18n
from app.kit.http.request_ids import request_id_of
from app.kit.http.security_headers import security_headers

_BEARER = b"bearer "
_log = structlog.get_logger("access")


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
        self._headers = [
            (b"content-type", b"application/json"),
            *((name.lower().encode(), value.encode()) for name, value in security_headers(secure)),
        ]
        self._logs = logs

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer at once where a module can, else let the request pass."""
        if scope["type"] == "http" and scope["method"] == "GET" and not scope["query_string"]:
            path = scope["path"]
            for prefix, answer in self._answers:
                if path.startswith(prefix):
                    request = _request(path[len(prefix) :], scope)
                    body = None if request is None else answer(request)
                    if request is not None and body is not None:
                        await self._send(scope, request, body, send)
                        return
        await self._app(scope, receive, send)

    async def _send(self, scope: Scope, request: HotRequest, body: bytes, send: Send) -> None:
        began = time.perf_counter()
        request_id = request_id_of(request.headers.get(b"x-request-id", b"").decode("latin-1"))
        headers = [
            *self._headers,
            (b"content-length", b"%d" % len(body)),
            (b"x-request-id", request_id.encode()),
            (b"content-language", _language(request.headers.get(b"accept-language", b""))),
        ]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": body})
        if self._logs:
            _log.info(
                "request",
                request_id=request_id,
                method=scope["method"],
                path=scope["path"],
                status=200,
                ms=round((time.perf_counter() - began) * 1000, 1),
                lane="hot",
            )


def _request(rest: str, scope: Scope) -> HotRequest | None:
    headers = dict(scope["headers"])
    authorization: bytes = headers.get(b"authorization", b"")
    if b"cookie" in headers or authorization[: len(_BEARER)].lower() != _BEARER:
        return None
    return HotRequest(rest, authorization[len(_BEARER) :].strip().decode("latin-1"), headers)


@lru_cache(maxsize=256)
def _language(accepted: bytes) -> bytes:
    return i18n.best_locale(accepted.decode("latin-1")).encode()
