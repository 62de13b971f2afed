"""Which subscriptions the daily run has still to look at, a portion at a time (D40)."""

from collections.abc import Sequence
from datetime import timedelta
from typing import NamedTuple

from app.kit.clocks import business_now
from app.kit.db import UnitOfWork
from app.modules.billing.repositories import lifecycle_rows
from app.modules.billing.services.lifecycle.open_windows import monthly_codes

FOUND_AT_ONCE = 5_000  # looking for them reads every counter, so one look serves many steps
SHORTEST = timedelta(days=28)  # a window that began later than that has not ended


class Awaiting(NamedTuple):
    """Subscriptions by id whose turn is to come, and after which id to look for more of them.

    `after` is None where there are no more. It is the cursor of the run.
    """

    ids: Sequence[int] = ()
    after: int | None = 0

    @property
    def is_over(self) -> bool:
        """Whether everything was taken."""
        return not self.ids and self.after is None


def take_awaiting(
    work: UnitOfWork, awaiting: Awaiting, *, limit: int
) -> tuple[Sequence[int], Awaiting]:
    """Take the next subscriptions whose period is over, or a window may be; and what is left."""
    if not awaiting.ids and awaiting.after is not None:
        awaiting = _look(work, awaiting.after)
    return awaiting.ids[:limit], awaiting._replace(ids=awaiting.ids[limit:])


def _look(work: UnitOfWork, after: int) -> Awaiting:
    now = business_now()
    found = lifecycle_rows.awaiting(
        work.session,
        after=after,
        at=now,
        windows=(monthly_codes(), now - SHORTEST),
        limit=FOUND_AT_ONCE,
    )
    return Awaiting(found, found[-1] if len(found) == FOUND_AT_ONCE else None)
