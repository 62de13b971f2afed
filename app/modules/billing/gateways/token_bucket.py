"""A guard of somebody else's rate limit."""

import threading
import time
from collections.abc import Callable


class TokenBucket:
    """Lets `rate` calls a second pass, as many at once after a pause; the others wait their turn.

    A rate of None lets all pass.
    """

    def __init__(
        self,
        rate: int | None,
        *,
        monotonic: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._rate = rate
        self._monotonic = monotonic
        self._sleep = sleep
        self._lock = threading.Lock()
        self._tokens = float(rate or 0)
        self._filled_at = monotonic()

    def take(self) -> None:
        """Wait until one more call may leave."""
        if self._rate is not None:
            wait_s = self._reserve(self._rate)
            if wait_s > 0:
                self._sleep(wait_s)

    def _reserve(self, rate: int) -> float:
        with self._lock:
            now = self._monotonic()
            self._tokens = min(rate, self._tokens + (now - self._filled_at) * rate)
            self._filled_at = now
            self._tokens -= 1
            return -self._tokens / rate
