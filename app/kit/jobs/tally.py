"""How the runs of jobs went, by set queries."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.kit.jobs.models import JobSlot


@dataclass(frozen=True)
class RunTally:
    """The kept runs of one job in one status; `finished_at` is when the last of them ended."""

    name: str
    status: str
    runs: int
    finished_at: datetime | None


def tally_runs(session: Session) -> Iterator[RunTally]:
    """Yield the kept runs by job and status, in order."""
    rows = session.execute(
        select(JobSlot.name, JobSlot.status, func.count(), func.max(JobSlot.finished_at))
        .group_by(JobSlot.name, JobSlot.status)
        .order_by(JobSlot.name, JobSlot.status)
    )
    return (RunTally(*row) for row in rows)
