"""Summing up the differences, so that reading figures stays cheap (D27)."""

from collections.abc import Sequence
from datetime import timedelta

from app.kit.clocks import business_now
from app.kit.db import UnitOfWork
from app.modules.billing.repositories import tallies

AT_ONCE = 10_000
WORTH_FOLDING = 500
DAYS_KEPT = timedelta(days=400)
_KEYS = [column.key for column in tallies.KEY]
_SUMS = [column.key for column in tallies.SUMS]


def fold_tallies(work: UnitOfWork) -> int:
    """Replace rows by their sums where enough of them have gathered; returns how many less.

    What happened long ago is dropped. Differences that are written meanwhile stay as they are.
    """
    rows, keys = tallies.counts(work.session)
    if rows - keys < WORTH_FOLDING:
        return 0
    taken = tallies.take_oldest(work.session, AT_ONCE)
    left = _summed(taken)
    tallies.put(work.session, left)
    return len(taken) - len(left)


def _summed(rows: Sequence[tallies.AnyRow]) -> list[dict[str, object]]:
    oldest = (business_now() - DAYS_KEPT).date()
    found: dict[tuple[object, ...], list[int]] = {}
    for row in rows:
        *key, amount, paying, arr_cents = row
        total = found.setdefault(tuple(key), [0, 0, 0])
        for index, value in enumerate((amount, paying, arr_cents)):
            total[index] += value
    return [
        {**dict(zip(_KEYS, key, strict=True)), **dict(zip(_SUMS, total, strict=True))}
        for key, total in found.items()
        if any(total) and (key[-1] is None or key[-1] >= oldest)  # type: ignore[operator]
    ]
