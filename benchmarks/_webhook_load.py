"""Sending webhooks to a server as fast as it takes them."""

import asyncio
import time
from collections.abc import Sequence

CONNECTIONS = 32


def send(port: int, sent: Sequence[bytes]) -> float:
    """Send every request once, on keep-alive connections; returns how many are answered a second.

    All must be answered with 200.
    """
    began = time.perf_counter()
    asyncio.run(_send_all(port, sent))
    return len(sent) / (time.perf_counter() - began)


async def _send_all(port: int, sent: Sequence[bytes]) -> None:
    left = iter(sent)

    async def one_connection() -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        for request in left:
            writer.write(request)
            head = await reader.readuntil(b"\r\n\r\n")
            length = head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0]
            body = await reader.readexactly(int(length or 0))
            assert head.startswith(b"HTTP/1.1 200"), head + body
        writer.close()
        await writer.wait_closed()

    await asyncio.gather(*(one_connection() for _ in range(CONNECTIONS)))
