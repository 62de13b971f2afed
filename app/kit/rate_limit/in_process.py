"""Events in the memory of this process."""

from collections import OrderedDict, deque
from datetime import datetime, timedelta
from threading import Lock

from app.kit.clocks import system_now
from app.kit.rate_limit.events import Rate, Record

MAX_KEYS = 100_000


class EventsInProcess:
    """Other processes count for themselves; the least recent keys are forgotten."""

    def __init__(self) -> None:
        self._events: OrderedDict[str, deque[datetime]] = OrderedDict()
        self._lock = Lock()

    def ask(self, key: str, rate: Rate, *, record: Record) -> timedelta | None:
        """As `Events.ask`."""
        now = system_now()
        with self._lock:
            events = self._recent(key, rate, now)
            wait = events[0] + rate.window - now if len(events) >= rate.limit else None
            if record == "always" or (record == "if_room" and wait is None):
                events.append(now)
            return wait

    def _recent(self, key: str, rate: Rate, now: datetime) -> deque[datetime]:
        events = self._events.setdefault(key, deque(maxlen=rate.limit))
        self._events.move_to_end(key)
        while events and events[0] <= now - rate.window:
            events.popleft()
        while len(self._events) > MAX_KEYS:
            self._events.popitem(last=False)
        return events
