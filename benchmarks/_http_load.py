"""Keep-alive connections that ask one thing after the other, as fast as they are answered."""

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from time import perf_counter


@dataclass
class Load:
    """What a while of asking gave: seconds of each request, and of the whole."""

    taken_s: float = 0.0
    each_s: list[float] = field(default_factory=list)

    @property
    def per_second(self) -> float:
        """Answers a second."""
        return len(self.each_s) / self.taken_s


async def ask(port: int, requests: Sequence[bytes], *, connections: int, until_s: float) -> Load:
    """Ask the requests in turn on so many connections for so many seconds; all must be 200."""
    load = Load()
    turn = _endless(requests)
    began = perf_counter()
    loop = asyncio.get_running_loop()
    opened = [
        await loop.create_connection(
            lambda: _Connection(turn, load, end=began + until_s), "127.0.0.1", port
        )
        for _ in range(connections)
    ]
    for _, connection in opened:
        await connection.done
    load.taken_s = perf_counter() - began
    return load


def request(path: str, headers: dict[str, str]) -> bytes:
    """Return a GET request as it is sent."""
    lines = [f"GET {path} HTTP/1.1", "Host: 127.0.0.1", *(f"{k}: {v}" for k, v in headers.items())]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


def _endless(requests: Sequence[bytes]) -> Iterator[bytes]:
    while True:
        yield from requests


class _Connection(asyncio.Protocol):
    """One keep-alive connection with one request on its way."""

    def __init__(self, turn: Iterator[bytes], load: Load, *, end: float) -> None:
        self.done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._turn = turn
        self._load = load
        self._end = end
        self._received = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._ask()

    def data_received(self, data: bytes) -> None:
        self._received += data
        head, blank, body = self._received.partition(b"\r\n\r\n")
        if not blank:
            return
        length = head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0]
        if len(body) < int(length):
            return
        now = perf_counter()
        self._load.each_s.append(now - self._asked_at)
        if not head.startswith(b"HTTP/1.1 200"):
            self.done.set_exception(AssertionError(self._received.decode()))
        elif now < self._end:
            self._received = b""
            self._ask()
        else:
            self._transport.close()
            self.done.set_result(None)

    def _ask(self) -> None:
        self._asked_at = perf_counter()
        self._transport.write(next(self._turn))
