"""The reference of `check-http`: a bare ASGI app with the same token check and headers.

Arguments: a file with token hash and answers by store and code, and a port.
"""

import hashlib
import json
import sys
from pathlib import Path
from typing import Any
from uuid import uuid4

import uvicorn

from app.kit.http.security_headers import security_headers

PREFIX = "/api/v1/store/billing/features/"
HEADERS = [
    (b"content-type", b"application/json"),
    (b"content-language", b"en"),
    *((name.lower().encode(), value.encode()) for name, value in security_headers(False)),
]


class BareApp:
    """Answers from a dict, or 401."""

    def __init__(self, tokens: set[str], answers: dict[str, dict[str, Any]]) -> None:
        self._tokens = tokens
        self._answers = answers

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Check the token, look the answer up, send it."""
        if scope["type"] != "http":
            return
        given = dict(scope["headers"])
        token = given.get(b"authorization", b"").removeprefix(b"Bearer ")
        known = hashlib.sha256(token).hexdigest() in self._tokens
        code = scope["path"].removeprefix(PREFIX)
        answer = self._answers.get(given.get(b"x-store-code", b"").decode(), {}).get(code)
        body = json.dumps(answer, separators=(",", ":")).encode() if known else b""
        headers = [
            *HEADERS,
            (b"content-length", b"%d" % len(body)),
            (b"x-request-id", uuid4().hex.encode()),
        ]
        await send(
            {"type": "http.response.start", "status": 200 if known else 401, "headers": headers}
        )
        await send({"type": "http.response.body", "body": body})


def main(arguments: list[str]) -> None:
    """Serve as the product is served."""
    task = json.loads(Path(arguments[0]).read_text())
    app = BareApp(set(task["tokens"]), task["answers"])
    uvicorn.run(
        app,
        host="127.0.0.1",
        port=int(arguments[1]),
        access_log=False,
        log_level="warning",
        server_header=False,
        lifespan="off",
    )


if __name__ == "__main__":
    main(sys.argv[1:])
