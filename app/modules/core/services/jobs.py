"""Background jobs as operators see them: when they run, how it went, and running one now."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from app.kit.clocks import business_now
from app.kit.db import UnitOfWork
from app.kit.jobs import Job, declared_jobs, request_run
from app.kit.jobs.models import JobSlot
from app.modules.core.repositories import job_runs
from app.modules.core.services.audit import AuditTarget, record_audit

FAILURES_WITHIN = timedelta(days=30)


@dataclass(frozen=True)
class JobState:
    """A job, its newest run, and how many were given up within thirty days."""

    job: Job
    zone: str
    next_at: datetime | None
    last: JobSlot | None
    failed: int


def job_states(work: UnitOfWork) -> list[JobState]:
    """Return the state of every job of the enabled modules, by name."""
    now, declared = business_now(), declared_jobs()
    newest = job_runs.newest_runs(work.session)
    failed = job_runs.count_failed(work.session, since=now - FAILURES_WITHIN)
    return [
        JobState(
            job,
            job.zone or declared.zone.key,
            declared.next_slot(job, now),
            newest.get(name),
            failed.get(name, 0),
        )
        for name, job in sorted(declared.by_name.items())
    ]


def start_run(work: UnitOfWork, actor: str, name: str, *, request_id: str | None) -> JobSlot:
    """Let a job run now, outside its schedule. Raises UnknownJob, JobBusy."""
    run = request_run(work, name)
    record_audit(
        work,
        actor,
        action="job.requested",
        target=AuditTarget("job_run", run.id),
        after={"job": name},
        request_id=request_id,
    )
    return run
