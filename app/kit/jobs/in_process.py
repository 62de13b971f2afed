"""The engine of small instances: threads of the web process take the turns."""

from collections.abc import Mapping
from time import monotonic

from app.kit.jobs.loop import BackgroundLoop
from app.kit.jobs.turns import POLL_S, Turn, threads_of


class InProcessEngine:
    """Polls in daemon threads; any number of processes may do so on the same database."""

    def __init__(self, turns: Mapping[str, Turn], *, poll_s: float = POLL_S) -> None:
        self._loops = [
            BackgroundLoop(name, turn, every_s=poll_s)
            for name, turn in turns.items()
            for _ in range(threads_of(name))
        ]

    def start(self) -> None:
        """Begin working."""
        for loop in self._loops:
            loop.start()

    def stop(self, timeout_s: float = 30.0) -> bool:
        """Finish what runs and begin nothing more; False when something outlasted the timeout.

        What is cut off then is taken over after its lease, by this or another process.
        """
        end = monotonic() + timeout_s
        for loop in self._loops:
            loop.stop_soon()
        ended = [loop.join(max(0.0, end - monotonic())) for loop in self._loops]
        return all(ended)

    def wake(self, turn: str) -> None:
        """Let a turn work now instead of at its next poll."""
        for loop in self._loops:
            if loop.name == turn:
                loop.wake()
