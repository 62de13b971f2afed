"""Keeping decision tables true: what other processes change is heard within a second (D18)."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from functools import partial
from threading import Event, Lock, Thread
from time import monotonic

import psycopg
import structlog
from sqlalchemy.exc import DBAPIError

from app.kit.clocks import clocks, system_now
from app.kit.db import unit_of_work
from app.kit.error_text import error_text
from app.kit.shared import Hear
from app.modules.billing.repositories import epochs
from app.modules.billing.repositories.epochs import Change

POLL_S = 0.4  # often enough that readers rarely have to ask themselves
VOUCHED_FOR_S = 1.0  # D18: an answer is at most so old, whatever becomes of the thread
OVERLAP = timedelta(minutes=2)

_log = structlog.get_logger(__name__)

Scope = tuple[int, int]
Forget = Callable[[int, int], None]
Ear = Callable[[Hear, Event], None]


class EpochPoll:
    """Asks the database which entitlements changed lately; the back-up of every other way.

    It looks back two minutes each time, since transactions do not commit in the order of their
    clocks, and remembers which versions were told of, so that each is forgotten for once.
    `asked_at` is when it last asked, by the monotonic clock.
    """

    def __init__(self, forget: Forget, forget_all: Callable[[], None]) -> None:
        self._forget = forget
        self._forget_all = forget_all
        self._seen: dict[Scope, Change] = {}
        self._offset = timedelta()
        self._lock = Lock()
        self.asked_at: float | None = None

    def poll(self) -> float:
        """Forget what changed; returns until when (monotonic clock) the rest may be believed."""
        asked_at = monotonic()
        with self._lock:
            self._notice_moved_clock()
            with unit_of_work(read_only=True) as work:
                changed = epochs.changed_since(work.session, system_now() - OVERLAP)
            present = {change.scope: change for change in changed}
            for scope, change in present.items():
                if self._seen.get(scope) != change:
                    self._forget(*scope)
            self._seen = present
            self.asked_at = asked_at
        return asked_at + VOUCHED_FOR_S

    def note_own(self, change: Change) -> None:
        """Forget what this process changed, now that its version is committed."""
        with self._lock:
            self._note(change)

    def hear(self, change: Change) -> None:
        """Forget what some process changed by a version, unless that is done already."""
        with self._lock:
            if self._seen.get(change.scope) != change:
                self._note(change)

    def _note(self, change: Change) -> None:
        self._forget(*change.scope)
        self._seen[change.scope] = change

    def _notice_moved_clock(self) -> None:
        """Drop everything when business time jumped: boundaries were passed (S21)."""
        if clocks().has_offset and (offset := clocks().read_offset()) != self._offset:
            self._offset = offset
            self._forget_all()


class FreshnessThreads:
    """One polls twice a second; for each ear another listens, and hears of changes at once.

    What goes wrong in any of them drops every table.
    """

    def __init__(
        self,
        poll: EpochPoll,
        *,
        forget_all: Callable[[], None],
        vouch: Callable[[float], None],
        refresh: Callable[[], None],
        ears: Sequence[Ear],
    ) -> None:
        self._poll = poll
        self._forget_all = forget_all
        self._vouch = vouch
        self._refresh = refresh
        self._stop = Event()
        listening = [partial(ear, self._hear, self._stop) for ear in ears]
        self._threads = [
            Thread(target=self._keep_on, args=(work,), name="entitlement-freshness", daemon=True)
            for work in (self._vouch_and_refresh, *listening)
        ]

    def start(self) -> None:
        """Begin to vouch for the tables."""
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Stop; the tables are then verified by whoever reads them."""
        self._stop.set()
        for thread in self._threads:
            thread.join(timeout=5)

    def _keep_on(self, work: Callable[[], None]) -> None:
        told = False  # of an outage that lasts
        while not self._stop.is_set():
            began = monotonic()
            try:
                work()
                told = False
            except Exception as lost:  # noqa: BLE001 - the thread must outlive every failure
                if not told or monotonic() - began > POLL_S:
                    is_away = isinstance(lost, DBAPIError | psycopg.Error)
                    _log.warning("freshness_lost", error=error_text(lost), exc_info=not is_away)
                told = True
                self._forget_all()
                self._stop.wait(POLL_S)

    def _vouch_and_refresh(self) -> None:
        """Vouch for limits first: reading usage anew takes longer where many are asked about."""
        self._vouch(self._poll.poll())
        self._refresh()
        self._stop.wait(POLL_S)

    def _hear(self, text: str) -> None:
        for change in text.split():
            self._poll.hear(Change.from_text(change))


class DatabaseEar:
    """Hears what PostgreSQL notifies of, by a connection of its own (D18)."""

    def __init__(self, url: str, forget_all: Callable[[], None]) -> None:
        self._url = url
        self._forget_all = forget_all

    def __call__(self, hear: Hear, stop: Event) -> None:
        """Listen until `stop` is set. Raises psycopg's errors."""
        with psycopg.connect(self._url, autocommit=True) as connection:
            connection.execute(f"LISTEN {epochs.CHANNEL}")
            self._forget_all()  # whatever was told before we listened is unknown
            while not stop.is_set():
                for notification in connection.notifies(timeout=POLL_S):
                    hear(notification.payload)
                    if stop.is_set():
                        break
