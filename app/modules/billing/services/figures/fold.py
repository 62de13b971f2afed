"""Summing up the differences, so that reading figures stays cheap (D27)."""

from datetime import timedelta

from app.kit.clocks import business_now
from app.kit.db import UnitOfWork
from app.modules.billing.repositories import tallies

AT_ONCE = 10_000
WORTH_FOLDING = 500
DAYS_KEPT = timedelta(days=400)


def fold_tallies(work: UnitOfWork) -> int:
    """Replace rows by their sums where enough of them have gathered; returns how many less.

    What happened long ago is dropped. Differences that are written meanwhile stay as they are.
    """
    rows, keys = tallies.counts(work.session)
    if rows - keys < WORTH_FOLDING:
        return 0
    taken = tallies.take_oldest(work.session, AT_ONCE)
    oldest = (business_now() - DAYS_KEPT).date()
    kept = (row for row in taken if row["day"] is None or row["day"] >= oldest)
    return len(taken) - tallies.put(work.session, kept)
