"""Refusing what comes too often."""

from datetime import timedelta
from math import ceil

from app.kit.errors import TooManyRequests
from app.kit.rate_limit.events import Events, Rate, Record
from app.kit.rate_limit.in_process import EventsInProcess

_events: Events = EventsInProcess()


def configure_rate_limits(events: Events) -> None:
    """Install where events are counted."""
    global _events
    _events = events


class RateLimiter:
    """At most `limit` events of a key within `window`; `name` keeps its keys apart from others'."""

    def __init__(self, name: str, limit: int, window: timedelta) -> None:
        self._name = name
        self._rate = Rate(limit, window)

    def check(self, key: str) -> None:
        """Refuse while the window of `key` is full. Raises TooManyRequests."""
        self._ask(key, "never")

    def take(self, key: str) -> None:
        """Count one event of `key`, unless its window is full. Raises TooManyRequests."""
        self._ask(key, "if_room")

    def record(self, key: str) -> None:
        """Count one event of `key` that has happened, whether there was room or not."""
        _events.ask(f"{self._name}:{key}", self._rate, record="always")

    def _ask(self, key: str, record: Record) -> None:
        wait = _events.ask(f"{self._name}:{key}", self._rate, record=record)
        if wait is not None:
            raise TooManyRequests(
                retry_after_s=max(1, ceil(wait.total_seconds())),
                limit=self._rate.limit,
                window_s=int(self._rate.window.total_seconds()),
            )
