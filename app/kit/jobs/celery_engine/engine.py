"""What a process does that takes no turns itself: it asks Celery's workers for them."""

from collections.abc import Mapping
from threading import Lock

from app.kit.jobs.celery_engine.application import celery_application
from app.kit.jobs.celery_engine.requests import TurnRequests
from app.kit.jobs.loop import BackgroundLoop
from app.kit.jobs.turns import Turn

IDLE_S = 3600.0


class CeleryEngine:
    """Sends requests from a thread of its own, so that no answer waits for Redis."""

    def __init__(self, redis_url: str, turns: Mapping[str, Turn]) -> None:
        self.turns = tuple(turns)
        self.app = celery_application(redis_url, turns)
        self._requests = TurnRequests(self.app)
        self._wanted: set[str] = set()
        self._lock = Lock()
        self._loop = BackgroundLoop("turn-requests", self._send, every_s=IDLE_S)

    def start(self) -> None:
        """Begin sending; beat asks for what is due by the clock."""
        self._loop.start()

    def stop(self, timeout_s: float = 30.0) -> bool:
        """Send nothing more; False when the last request outlasted the timeout."""
        self._loop.stop_soon()
        return self._loop.join(timeout_s)

    def wake(self, turn: str) -> None:
        """Ask the workers for a turn, soon; many wishes at once become one request."""
        with self._lock:
            self._wanted.add(turn)
        self._loop.wake()

    def _send(self) -> bool:
        with self._lock:
            wanted, self._wanted = self._wanted, set()
        for turn in sorted(wanted):
            self._requests.ask(turn)
        return False
