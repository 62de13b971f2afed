"""How many threads of a worker may take the same turn; the others leave it to them."""

from threading import BoundedSemaphore, Event

from celery.signals import worker_shutting_down

from app.kit.jobs.turns import Turn, take_turn, threads_of


class Seats:
    """Lets as many threads take a turn as an in-process engine would, so that none is starved."""

    def __init__(self, name: str, turn: Turn) -> None:
        self._name = name
        self._turn = turn
        self._free = BoundedSemaphore(threads_of(name))
        self._asked = Event()
        self._stopping = Event()
        worker_shutting_down.connect(self._stop)

    def take(self) -> None:
        """Take the turn while there is more to do.

        Where every seat is taken, those who sit look once more before they leave: nothing that
        was asked for is overlooked.
        """
        self._asked.set()
        while self._asked.is_set() and self._free.acquire(blocking=False):
            try:
                self._asked.clear()
                while take_turn(self._name, self._turn) and not self._stopping.is_set():
                    pass
            finally:
                self._free.release()

    def _stop(self, **_signal: object) -> None:
        """Begin nothing more; a polite signal has come."""
        self._stopping.set()
