"""Shapes of jobs and their runs."""

from datetime import datetime
from typing import Self

from pydantic import BaseModel

from app.kit.i18n import translate
from app.kit.jobs import Job
from app.kit.jobs.models import JobSlot


class JobRunOut(BaseModel):
    """One run; `slot` is business time, all else real time. `duration_ms` of the last attempt."""

    id: int
    slot: datetime
    status: str
    attempts: int
    started_at: datetime | None
    finished_at: datetime | None
    duration_ms: int | None
    counts: dict[str, int]
    error: str | None

    @classmethod
    def of(cls, run: JobSlot) -> Self:
        """Return a run as it is shown."""
        took = run.duration
        return cls(
            id=run.id,
            slot=run.slot,
            status=run.status,
            attempts=run.attempts,
            started_at=run.started_at,
            finished_at=run.finished_at,
            duration_ms=None if took is None else round(took.total_seconds() * 1000),
            counts=run.counts,
            error=run.error,
        )


class JobOut(BaseModel):
    """One job: `schedule` is a cron expression in `zone`, `failed_30d` runs that were given up."""

    name: str
    title: str
    schedule: str
    zone: str
    catch_up: str
    next_at: datetime | None
    failed_30d: int
    last_run: JobRunOut | None

    @classmethod
    def of(
        cls, job: Job, *, zone: str, next_at: datetime | None, last: JobSlot | None, failed: int
    ) -> Self:
        """Return a job with its newest run as it is shown."""
        return cls(
            name=job.name,
            title=translate(f"jobs.{job.name}"),
            schedule=job.schedule,
            zone=zone,
            catch_up=job.catch_up,
            next_at=next_at,
            failed_30d=failed,
            last_run=None if last is None else JobRunOut.of(last),
        )
