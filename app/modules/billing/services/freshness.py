"""Keeping decision tables true: what other processes change is heard within a second (D18)."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from threading import Event, Lock, Thread
from time import monotonic

import psycopg
import structlog

from app.kit.clocks import clocks, system_now
from app.kit.db import unit_of_work
from app.modules.billing.repositories import epochs

POLL_S = 0.4  # often enough that readers rarely have to ask themselves
VOUCHED_FOR_S = 1.0  # D18: an answer is at most so old, whatever becomes of the thread
OVERLAP = timedelta(minutes=2)

_log = structlog.get_logger(__name__)

Forget = Callable[[int, int], None]


class EpochPoll:
    """Asks the database which entitlements changed lately; the back-up of every other way.

    It looks back two minutes each time, since transactions do not commit in the order of their
    clocks, and remembers which versions were told of, so that each is forgotten for once.
    `asked_at` is when it last asked, by the monotonic clock.
    """

    def __init__(self, forget: Forget, forget_all: Callable[[], None]) -> None:
        self._forget = forget
        self._forget_all = forget_all
        self._seen: dict[tuple[int, int], int] = {}
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
            present = {
                (platform_id, merchant_id): epoch for platform_id, merchant_id, epoch in changed
            }
            for scope, epoch in present.items():
                if self._seen.get(scope) != epoch:
                    self._forget(*scope)
            self._seen = present
            self.asked_at = asked_at
        return asked_at + VOUCHED_FOR_S

    def note_own(self, platform_id: int, merchant_id: int, epoch: int) -> None:
        """Forget what this process changed, now that its version is committed."""
        with self._lock:
            self._forget(platform_id, merchant_id)
            self._seen[platform_id, merchant_id] = epoch

    def hear(self, platform_id: int, merchant_id: int, epoch: int) -> None:
        """Forget what some process changed by a version, unless that is done already."""
        with self._lock:
            if self._seen.get((platform_id, merchant_id)) != epoch:
                self._forget(platform_id, merchant_id)
                self._seen[platform_id, merchant_id] = epoch

    def _notice_moved_clock(self) -> None:
        """Drop everything when business time jumped: boundaries were passed (S21)."""
        if clocks().has_offset and (offset := clocks().read_offset()) != self._offset:
            self._offset = offset
            self._forget_all()


class FreshnessThreads:
    """One polls twice a second; on PostgreSQL another listens, and hears of changes at once.

    What goes wrong in either drops every table.
    """

    def __init__(
        self,
        poll: EpochPoll,
        *,
        forget_all: Callable[[], None],
        vouch: Callable[[float], None],
        refresh: Callable[[], None],
        listen_url: str | None,
    ) -> None:
        self._poll = poll
        self._forget_all = forget_all
        self._vouch = vouch
        self._refresh = refresh
        self._stop = Event()
        works = [self._vouch_and_refresh]
        if listen_url is not None:
            works.append(partial(self._listen, listen_url))
        self._threads = [
            Thread(target=self._keep_on, args=(work,), name="entitlement-freshness", daemon=True)
            for work in works
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
        while not self._stop.is_set():
            try:
                work()
            except Exception:  # noqa: BLE001 - the thread must outlive every failure
                _log.warning("freshness_lost", exc_info=True)
                self._forget_all()
                self._stop.wait(POLL_S)

    def _vouch_and_refresh(self) -> None:
        """Vouch for limits first: reading usage anew takes longer where many are asked about."""
        self._vouch(self._poll.poll())
        self._refresh()
        self._stop.wait(POLL_S)

    def _listen(self, url: str) -> None:
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute(f"LISTEN {epochs.CHANNEL}")
            self._forget_all()  # whatever was told before we listened is unknown
            while not self._stop.is_set():
                for notification in connection.notifies(timeout=POLL_S):
                    self._poll.hear(*map(int, notification.payload.split(":")))
                    if self._stop.is_set():
                        break
