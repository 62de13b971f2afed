"""An end to a whole exchange over HTTP; the client's own timeouts are for each step of it."""

import socket
from contextlib import suppress
from threading import Timer
from typing import Any, Self


class Deadline:
    """While its block runs, cuts the connection that it was shown once the time is over.

    Who is sent a byte now and then would else wait for ever. `note` is httpx's extension `trace`.
    """

    def __init__(self, seconds: float) -> None:
        self._timer = Timer(seconds, self._cut)
        self._timer.daemon = True
        self._connection: socket.socket | None = None
        self.is_over = False

    def __enter__(self) -> Self:
        self._timer.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._timer.cancel()
        self._timer.join()
        if self._connection is not None:
            self._connection.close()

    def note(self, event: str, info: dict[str, Any]) -> None:
        """Remember the connection: a handle of its own, which TLS does not take over."""
        if event == "connection.connect_tcp.complete":
            self._connection = info["return_value"].get_extra_info("socket").dup()
            if self.is_over:
                self._shut()

    def _cut(self) -> None:
        self.is_over = True
        if self._connection is not None:
            self._shut()

    def _shut(self) -> None:
        assert self._connection is not None
        with suppress(OSError):  # the other side may have gone by itself
            self._connection.shutdown(socket.SHUT_RDWR)
