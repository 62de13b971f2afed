"""Counting API requests without a write per request: approximate by a second's traffic (D16)."""

from collections import Counter
from threading import Lock

from app.contracts.tenants import Owner
from app.kit.db import unit_of_work
from app.modules.billing.services.reserve import record_units
from app.modules.billing.services.tables import tables

BATCH = 200


class ApiQuota:
    """Requests seen by this process and not yet written; `flush` is called every second."""

    def __init__(self, feature_code: str) -> None:
        self._code = feature_code
        self._seen: Counter[Owner] = Counter()
        self._lock = Lock()

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
