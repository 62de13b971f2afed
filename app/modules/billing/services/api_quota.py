"""Counting API requests without a write per request: approximate by a second's traffic (D16)."""

from collections import Counter
from datetime import datetime
from math import ceil
from threading import Lock

import structlog

from app.contracts.features import Window
from app.contracts.tenants import Owner
from app.kit.db import unit_of_work
from app.kit.jobs.loop import BackgroundLoop
from app.modules.billing.exceptions import ApiQuotaReached, FeatureLimitReached
from app.modules.billing.services.reserve import record_units
from app.modules.billing.services.tables import tables

BATCH = 200
WRITTEN_EVERY_S = 1.0
LAST_TURN_S = 5.0

_log = structlog.get_logger(__name__)


class ApiQuota:
    """Requests seen by this process and not yet written.

    Every web process writes its own, whether it runs jobs or not: nobody else knows of them.
    """

    def __init__(self, feature_code: str) -> None:
        self._code = feature_code
        self._seen: Counter[Owner] = Counter()
        self._lock = Lock()
        self._loop = BackgroundLoop("api-quota", self.flush, every_s=WRITTEN_EVERY_S)

    def start(self) -> None:
        """Begin to write what was seen, once a second."""
        self._loop.start()

    def stop(self) -> None:
        """Stop, and write the rest; a database that is away loses it."""
        self._loop.stop_soon()
        self._loop.join(LAST_TURN_S)
        try:
            while self.flush():
                pass
        except Exception:  # noqa: BLE001 - the process ends all the same
            _log.exception("api_requests_not_written")

    def count(self, owner: Owner) -> None:
        """Count one request."""
        with self._lock:
            self._seen[owner] += 1

    def not_yet_counted(self, owner: Owner) -> int:
        """Requests of a merchant that its counter does not hold yet."""
        return self._seen.get(owner, 0)

    def flush(self) -> bool:
        """Write what was seen, a batch at a time; True while there is more."""
        with self._lock:
            batch = dict(list(self._seen.items())[:BATCH])
        for owner in sorted(batch):
            with unit_of_work() as work:
                record_units(work, owner, {self._code: batch[owner]})
            with self._lock:
                self._seen[owner] -= batch[owner]
                if self._seen[owner] <= 0:
                    del self._seen[owner]
            tables().forget_usage(owner)
        return len(self._seen) > len(batch)


def quota_reached(refused: FeatureLimitReached, *, day: Window, now: datetime) -> ApiQuotaReached:
    """Return the refusal with the seconds until the platform's day ends and the count with it."""
    return ApiQuotaReached(
        **refused.params,
        retry_after_s=ceil((day.end - now).total_seconds()),
        window_s=int((day.end - day.start).total_seconds()),
    )
