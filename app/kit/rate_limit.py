"""Counting events in a sliding window, in this process."""

from collections import OrderedDict, deque
from datetime import datetime, timedelta
from math import ceil
from threading import Lock

from app.kit.clocks import system_now
from app.kit.errors import TooManyRequests

MAX_KEYS = 100_000


class RateLimiter:
    """At most `limit` events of a key within `window`; the least recent keys are forgotten."""

    def __init__(self, limit: int, window: timedelta) -> None:
        self._limit = limit
        self._window = window
        self._events: OrderedDict[str, deque[datetime]] = OrderedDict()
        self._lock = Lock()

    def check(self, key: str) -> None:
        """Refuse while the window of `key` is full. Raises TooManyRequests."""
        with self._lock:
            events = self._recent(key)
            if len(events) >= self._limit:
                wait = events[0] + self._window - system_now()
                raise TooManyRequests(
                    retry_after_s=max(1, ceil(wait.total_seconds())),
                    limit=self._limit,
                    window_s=int(self._window.total_seconds()),
                )

    def record(self, key: str) -> None:
        """Count one event of `key`."""
        with self._lock:
            self._recent(key).append(system_now())
            while len(self._events) > MAX_KEYS:
                self._events.popitem(last=False)

    def _recent(self, key: str) -> deque[datetime]:
        events = self._events.setdefault(key, deque(maxlen=self._limit))
        self._events.move_to_end(key)
        oldest = system_now() - self._window
        while events and events[0] <= oldest:
            events.popleft()
        return events
