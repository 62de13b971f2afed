"""The ten seconds that a receiver has, here a quarter of one."""

import socket
from collections.abc import Iterator
from contextlib import suppress
from threading import Event, Thread

import httpx
import pytest

from app.modules.billing.gateways import outbound_http
from app.modules.billing.gateways.outbound_http import post


@pytest.fixture
def dripping(private_allowed: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A receiver that answers a byte at a time and comes to no end."""
    monkeypatch.setattr(outbound_http, "TIMEOUT_S", 0.25)
    ended = Event()

    def drip() -> None:
        connection, _ = listening.accept()
        with connection, suppress(OSError):
            connection.sendall(b"HTTP/1.1 200 OK\r\nx-slow: ")
            while not ended.wait(0.05):
                connection.sendall(b"a")

    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = Thread(target=drip)
        thread.start()
        try:
            yield f"http://localhost:{listening.getsockname()[1]}/"
        finally:
            ended.set()
            thread.join()


def test_a_receiver_that_answers_drop_by_drop_holds_nobody_up(dripping: str) -> None:
    with pytest.raises(httpx.ReadTimeout, match="no answer within"):
        post(dripping, "{}", {})
