"""The decision tables of this process, and the threads that keep them true."""

from functools import partial
from time import monotonic

from app.kit.db import database
from app.kit.shared import broadcast
from app.modules.billing.repositories.epochs import CHANNEL
from app.modules.billing.services.decision_tables import DecisionTables
from app.modules.billing.services.freshness import DatabaseEar, Ear, EpochPoll, FreshnessThreads
from app.modules.billing.services.usage_refresh import refresh_usage


class Tables(DecisionTables):
    """Decision tables with their own poll."""

    def __init__(self) -> None:
        self._poll = EpochPoll(self.forget, self.forget_all)
        super().__init__(self._poll.poll)
        self._threads: FreshnessThreads | None = None
        self.note_own = self._poll.note_own

    @property
    def age_s(self) -> float | None:
        """How long ago the database said last that the tables hold; None before it was asked."""
        asked_at = self._poll.asked_at
        return None if asked_at is None else monotonic() - asked_at

    def start(self) -> None:
        """Let threads of this process keep the tables true from now on."""
        self._threads = FreshnessThreads(
            self._poll,
            forget_all=self.forget_all,
            vouch=self.vouch,
            refresh=lambda: refresh_usage(self),
            ears=self._ears(),
        )
        self._threads.start()

    def stop(self) -> None:
        """End the threads."""
        if self._threads is not None:
            self._threads.stop()
            self._threads = None

    def _ears(self) -> list[Ear]:
        """Every way by which other processes can tell of changes; the poll needs none of them."""
        ears: list[Ear] = []
        if not database().is_sqlite:
            ears.append(DatabaseEar(database().listen_url, self.forget_all))
        if (told := broadcast()) is not None:
            ears.append(partial(told.listen, CHANNEL))
        return ears


_tables = Tables()


def tables() -> Tables:
    """Return the tables of this process."""
    return _tables
