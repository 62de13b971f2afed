"""Runs of jobs."""

from datetime import datetime

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from app.kit.jobs.models import JobSlot
from app.kit.pagination import Page, PageRequest, Sorting, paginate

SORTING = Sorting({"slot": JobSlot.slot}, tie=JobSlot.id, default="-slot")
SKIPPED = "skipped"
FAILED = "failed"


def newest_runs(session: Session) -> dict[str, JobSlot]:
    """Return the newest run of each job by name; what was left out for a newer one is none."""
    newest = (
        select(JobSlot.name, func.max(JobSlot.slot).label("slot"))
        .where(JobSlot.status != SKIPPED)
        .group_by(JobSlot.name)
        .subquery()
    )
    rows = session.scalars(
        select(JobSlot).join(
            newest, and_(newest.c.name == JobSlot.name, newest.c.slot == JobSlot.slot)
        )
    )
    return {row.name: row for row in rows}


def count_failed(session: Session, *, since: datetime) -> dict[str, int]:
    """Return how many runs of each job were given up for slots after an instant."""
    rows = session.execute(
        select(JobSlot.name, func.count().label("failed"))
        .where(JobSlot.status == FAILED, JobSlot.slot > since)
        .group_by(JobSlot.name)
    )
    return {row.name: row.failed for row in rows}


def list_runs(session: Session, name: str, request: PageRequest) -> Page[JobSlot]:
    """Return a page of a job's runs, the newest slot first."""
    rows = select(JobSlot).where(JobSlot.name == name, JobSlot.status != SKIPPED)
    return paginate(session, rows, sorting=SORTING, request=request, filters={"job": name})
