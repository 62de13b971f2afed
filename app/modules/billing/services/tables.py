"""The decision tables of this process, and the thread that keeps them true."""

from app.kit.db import database
from app.modules.billing.services.decision_tables import DecisionTables
from app.modules.billing.services.freshness import EpochPoll, FreshnessThread
from app.modules.billing.services.usage_refresh import refresh_usage


class Tables(DecisionTables):
    """Decision tables with their own poll."""

    def __init__(self) -> None:
        self._poll = EpochPoll(self.forget, self.forget_all)
        super().__init__(self._poll.poll)
        self._thread: FreshnessThread | None = None

    def start(self) -> None:
        """Let a thread of this process keep the tables true from now on."""
        url = None if database().is_sqlite else database().listen_url
        self._thread = FreshnessThread(
            self._poll,
            forget=self.forget,
            forget_all=self.forget_all,
            vouch=self.vouch,
            refresh=lambda: refresh_usage(self),
            listen_url=url,
        )
        self._thread.start()

    def stop(self) -> None:
        """End the thread."""
        if self._thread is not None:
            self._thread.stop()
            self._thread = None


_tables = Tables()


def tables() -> Tables:
    """Return the tables of this process."""
    return _tables
