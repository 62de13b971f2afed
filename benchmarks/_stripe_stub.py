"""Stripe for `webhooks`: answers for any one object after a millisecond. Arguments: -, port."""

import asyncio
import json
import sys
from typing import Any

import uvicorn

from benchmarks._stripe_objects import an_answer

TAKES_S = 0.001


async def app(scope: Any, _receive: Any, send: Any) -> None:
    """Answer with the object that is asked for."""
    if scope["type"] != "http":
        return
    await asyncio.sleep(TAKES_S)
    body = json.dumps(an_answer(scope["path"])).encode()
    headers = [(b"content-type", b"application/json"), (b"content-length", b"%d" % len(body))]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": body})


if __name__ == "__main__":
    uvicorn.run(app, host="127.0.0.1", port=int(sys.argv[2]), access_log=False, log_level="warning")
