"""What jobs there are in this process, for whoever shows or starts them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from app.kit.clocks import business_now, system_now
from app.kit.db import UnitOfWork
from app.kit.errors import Conflict, NotFound
from app.kit.jobs.job import Job
from app.kit.jobs.models import JobSlot
from app.kit.jobs.turns import JOBS_TURN
from app.kit.jobs.wake import wake

AHEAD = timedelta(days=400)


class UnknownJob(NotFound):
    """No module declares a job of this name."""

    code = "job_not_found"


class JobBusy(Conflict):
    """A run of this job began at the very same instant."""

    code = "job_busy"


@dataclass(frozen=True)
class DeclaredJobs:
    """Every job by name; `zone` is that of jobs without one of their own."""

    by_name: Mapping[str, Job] = field(default_factory=dict)
    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("UTC"))

    def get(self, name: str) -> Job:
        """Return a job. Raises UnknownJob."""
        if name not in self.by_name:
            raise UnknownJob(name=name)
        return self.by_name[name]

    def next_slot(self, job: Job, after: datetime) -> datetime | None:
        """Return when a job is due next, business time; None if not within a year."""
        return next(job.schedule_in(self.zone).slots(after, after + AHEAD), None)


_declared = DeclaredJobs()


def configure_jobs(jobs: Iterable[Job], zone: ZoneInfo) -> None:
    """Install the jobs of this process. Raises ValueError for a wrong schedule or zone."""
    global _declared
    _declared = DeclaredJobs({job.name: job for job in jobs}, zone)
    for job in _declared.by_name.values():
        job.schedule_in(zone)


def declared_jobs() -> DeclaredJobs:
    """Return the jobs of this process."""
    return _declared


def request_run(work: UnitOfWork, name: str) -> JobSlot:
    """Add a slot that is due now, outside the schedule; whichever runner is free takes it.

    Raises UnknownJob, JobBusy.
    """
    row = JobSlot(
        name=declared_jobs().get(name).name,
        slot=business_now(),
        status="waiting",
        available_at=system_now(),
        attempts=0,
        failures=0,
        counts={},
    )
    with work.conflicts({"job_runs.name": JobBusy}):
        work.session.add(row)
    work.after_commit(lambda: wake(JOBS_TURN))
    return row
