"""A daemon thread that takes turns at some background work."""

from threading import Event, Thread

from app.kit.jobs.turns import Turn, take_turn


class BackgroundLoop:
    """Calls `turn` every `every_s` seconds, at once when woken, and again while it answers True.

    An error of a turn is logged and the next turn comes as usual.
    """

    def __init__(self, name: str, turn: Turn, *, every_s: float) -> None:
        self.name = name
        self._turn = turn
        self._every_s = every_s
        self._woken = Event()
        self._stopping = Event()
        self._thread: Thread | None = None

    def start(self) -> None:
        """Begin taking turns; a running loop is left as it is."""
        if self._thread is None:
            self._stopping.clear()
            self._thread = Thread(target=self._run, name=self.name, daemon=True)
            self._thread.start()

    def wake(self) -> None:
        """Take the next turn now."""
        self._woken.set()

    def stop_soon(self) -> None:
        """Take no further turn."""
        self._stopping.set()
        self._woken.set()

    def join(self, timeout_s: float) -> bool:
        """Wait for the present turn; False when it is still at work after the timeout."""
        if self._thread is None:
            return True
        self._thread.join(timeout_s)
        if self._thread.is_alive():
            return False
        self._thread = None
        return True

    def _run(self) -> None:
        while not self._stopping.is_set():
            self._woken.clear()
            if not take_turn(self.name, self._turn) and not self._stopping.is_set():
                self._woken.wait(self._every_s)
