"""Tables of the jobs; free of tenants."""

from datetime import datetime, timedelta
from typing import Any, Literal

from sqlalchemy import Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.kit.models import Base, Json, PrimaryKey

RunStatus = Literal["waiting", "running", "done", "failed", "skipped"]


class JobSchedule(Base):
    """How far the slots of a job are planned, in business time; locked to claim one of its runs."""

    __tablename__ = "job_schedules"

    name: Mapped[str] = mapped_column(String(100), primary_key=True)
    planned_until: Mapped[datetime]


class JobSlot(Base):
    """One slot of one job and how its run went.

    `slot` is business time; everything else is system time. `attempts` counts claims and is the
    fencing token: what an earlier claim still wants to write is refused. `failures` counts errors
    since the run last got further.
    """

    __tablename__ = "job_runs"
    __table_args__ = (
        UniqueConstraint("name", "slot"),
        Index("ix_job_runs_status_slot", "status", "slot"),
    )

    id: Mapped[PrimaryKey]
    name: Mapped[str] = mapped_column(String(100))
    slot: Mapped[datetime]
    status: Mapped[RunStatus] = mapped_column(String(10))
    available_at: Mapped[datetime]
    attempts: Mapped[int] = mapped_column(default=0)
    failures: Mapped[int] = mapped_column(default=0)
    lease_until: Mapped[datetime | None]
    started_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
    cursor: Mapped[Any | None] = mapped_column(Json)
    counts: Mapped[dict[str, Any]] = mapped_column(default=dict)
    error: Mapped[str | None] = mapped_column(String(2000))

    @property
    def duration(self) -> timedelta | None:
        """From the start of the last attempt to its end; None while it has not ended."""
        if self.started_at is None or self.finished_at is None:
            return None
        return self.finished_at - self.started_at
