"""Who may work on a slot: leases on the system clock, fenced by the number of the attempt."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select, update

from app.kit.clocks import system_now
from app.kit.db import UnitOfWork
from app.kit.jobs.job import Counts, Job
from app.kit.jobs.models import JobSchedule, JobSlot

# A failed attempt waits this long; after the last of them the run stays failed.
RETRY_AFTER = (
    timedelta(seconds=10),
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=15),
)


class LeaseLost(Exception):
    """Another process has taken the run over; nothing more may be written for it."""


@dataclass(frozen=True, slots=True)
class Claim:
    """The right to work on one slot, until its lease ends."""

    run_id: int
    attempt: int
    name: str
    slot: datetime
    cursor: Any
    counts: Mapping[str, int]
    lease: timedelta


def jobs_with_work(work: UnitOfWork, names: Collection[str], until: datetime) -> list[str]:
    """Names of jobs that have a slot to run, not after `until`; oldest slot first."""
    oldest_first = (
        select(JobSlot.name)
        .where(JobSlot.name.in_(names), JobSlot.slot <= until, _claimable())
        .group_by(JobSlot.name)
        .order_by(func.min(JobSlot.slot), JobSlot.name)
    )
    return list(work.session.scalars(oldest_first))


def any_open(work: UnitOfWork, names: Collection[str], until: datetime) -> bool:
    """Whether a slot up to `until` is at work or could be; one that waits for a retry is not."""
    mine = select(JobSlot.id).where(JobSlot.name.in_(names), JobSlot.slot <= until)
    return work.session.scalar(mine.where(or_(_held(), _claimable())).limit(1)) is not None


def claim_next(work: UnitOfWork, job: Job, until: datetime) -> Claim | None:
    """Claim the job's oldest open slot, unless one of its slots is being worked on."""
    if not _lock(work, job.name):
        return None
    # Asked only now, under the lock: an earlier answer may be older than somebody's claim.
    if work.session.scalar(select(JobSlot.id).where(JobSlot.name == job.name, _held()).limit(1)):
        return None
    found = work.session.scalar(
        select(JobSlot)
        .where(JobSlot.name == job.name, JobSlot.slot <= until, _claimable())
        .order_by(JobSlot.slot)
        .limit(1)
        .with_for_update()
    )
    return _begin(work, found, job) if found is not None else None


def claim_new(work: UnitOfWork, job: Job, slot: datetime) -> Claim:
    """Add a slot outside the schedule and claim it at once; for runs that a person starts."""
    row = JobSlot(name=job.name, slot=slot, status="waiting", available_at=system_now())
    work.session.add(row)
    work.session.flush()
    return _begin(work, row, job)


def renew(work: UnitOfWork, claim: Claim, **values: Any) -> None:
    """Prolong the lease inside the unit that does the work, and keep `values` of the run.

    From here to the commit nobody else can take the run over. Raises LeaseLost if somebody has.
    """
    _write(work, claim, lease_until=system_now() + claim.lease, **values)


def finish(work: UnitOfWork, claim: Claim, counts: Counts) -> None:
    """Mark the run as done. Raises LeaseLost."""
    _write(work, claim, status="done", counts=dict(counts), **_ended(), cursor=None, error=None)


def note_failure(work: UnitOfWork, claim: Claim, error: str) -> bool:
    """Keep the error and let the run wait for its next try; True when it was the last one.

    Raises LeaseLost.
    """
    row = select(JobSlot.failures).where(JobSlot.id == claim.run_id)
    failures = work.session.scalars(row).one()
    is_last = failures >= len(RETRY_AFTER)
    values: dict[str, Any] = {"error": error, "failures": failures + 1}
    if is_last:
        values["status"] = "failed"
    else:
        values |= {"status": "waiting", "available_at": system_now() + RETRY_AFTER[failures]}
    _write(work, claim, **values, **_ended())
    return is_last


def _lock(work: UnitOfWork, name: str) -> bool:
    """Make claims of one job queue up; False when somebody is claiming right now."""
    row = select(JobSchedule.name).where(JobSchedule.name == name)
    return work.session.scalar(row.with_for_update(skip_locked=True)) is not None


def _begin(work: UnitOfWork, row: JobSlot, job: Job) -> Claim:
    row.status, row.attempts = "running", row.attempts + 1
    row.started_at, row.finished_at = system_now(), None
    row.lease_until = system_now() + job.lease
    work.session.flush()
    return Claim(
        run_id=row.id,
        attempt=row.attempts,
        name=row.name,
        slot=row.slot,
        cursor=row.cursor,
        counts=row.counts,
        lease=job.lease,
    )


def _claimable() -> ColumnElement[bool]:
    """Waiting and not backing off, or left behind by a process that is gone."""
    now = system_now()
    return or_(
        and_(JobSlot.status == "waiting", JobSlot.available_at <= now),
        and_(JobSlot.status == "running", JobSlot.lease_until <= now),
    )


def _held() -> ColumnElement[bool]:
    return and_(JobSlot.status == "running", JobSlot.lease_until > system_now())


def _ended() -> dict[str, Any]:
    return {"finished_at": system_now(), "lease_until": None}


def _write(work: UnitOfWork, claim: Claim, **values: Any) -> None:
    ours = (
        update(JobSlot)
        .where(JobSlot.id == claim.run_id, JobSlot.attempts == claim.attempt)
        .where(JobSlot.status == "running")
        .values(**values)
        .returning(JobSlot.id)
        .execution_options(synchronize_session=False)
    )
    if work.session.scalar(ours) is None:
        raise LeaseLost(f"{claim.name} of {claim.slot}")
