"""Answers that leave before any routing, with the headers that every answer has."""

import time
from collections.abc import Mapping
from functools import lru_cache

import structlog
from starlette.types import Scope, Send

from app.kit import i18n
from app.kit.http.request_ids import request_id_of
from app.kit.http.security_headers import security_headers
from app.kit.measures import note_request

_log = structlog.get_logger("access")


class AtOnce:
    """Sends the JSON of short ways; `logs` whether each is noted, by the name of its `lane`."""

    def __init__(self, lane: str, *, secure: bool, logs: bool) -> None:
        self._lane = lane
        self._logs = logs
        self._headers = [
            (b"content-type", b"application/json"),
            *((name.lower().encode(), value.encode()) for name, value in security_headers(secure)),
        ]

    async def send(
        self,
        scope: Scope,
        asked: Mapping[bytes, bytes],
        body: bytes,
        send: Send,
        *,
        began: float,
        route: str,
    ) -> None:
        """Answer with 200; `asked` are the request's headers, `began` is by `perf_counter`.

        It is counted for the addresses of `route`.
        """
        request_id = request_id_of(asked.get(b"x-request-id", b"").decode("latin-1"))
        headers = [
            *self._headers,
            (b"content-length", b"%d" % len(body)),
            (b"x-request-id", request_id.encode()),
            (b"content-language", _language(asked.get(b"accept-language", b""))),
        ]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": body})
        seconds = time.perf_counter() - began
        note_request(scope["method"], route, status=200, seconds=seconds)
        if self._logs:
            _log.info(
                "request",
                request_id=request_id,
                method=scope["method"],
                path=scope["path"],
                status=200,
                ms=round(seconds * 1000, 1),
                lane=self._lane,
            )


@lru_cache(maxsize=256)
def _language(accepted: bytes) -> bytes:
    return i18n.best_locale(accepted.decode("latin-1")).encode()
