"""Whether the machinery below all modules works (`HealthCheckProtocol`)."""

from dataclasses import dataclass
from datetime import timedelta

import psutil
from sqlalchemy import func, select

from app.kit import mail
from app.kit.clocks import business_now, system_now
from app.kit.db import unit_of_work
from app.kit.formats import number_text
from app.kit.i18n import translate, translate_count
from app.kit.jobs.models import JobSchedule, JobSlot
from app.kit.outbox.models import OutboxRow

FULL_PERCENT = 90.0
LATE_AFTER = timedelta(minutes=15)  # two tries have failed by then
STILL_AFTER = timedelta(hours=1)  # the most frequent jobs are due every few minutes


@dataclass(frozen=True)
class JobHealth:
    """Somebody runs the jobs, and every slot of every job is done."""

    name: str = "jobs"

    def check(self) -> str | None:
        """Return what is wrong: nobody plans any more, or runs that failed."""
        failed = select(func.count()).select_from(JobSlot).where(JobSlot.status == "failed")
        with unit_of_work(read_only=True) as work:
            planned_until = work.session.scalar(select(func.max(JobSchedule.planned_until)))
            count = work.session.scalars(failed).one()
        if planned_until is not None and planned_until < business_now() - STILL_AFTER:
            return translate("monitoring.health.jobs_stand_still")
        return translate_count("monitoring.health.failed_jobs", count) if count else None


@dataclass(frozen=True)
class MailHealth:
    """The mail server takes what is to be sent."""

    name: str = "mails"

    def check(self) -> str | None:
        """Return what is wrong: mails that wait although they were tried more than once."""
        late = (
            select(func.count())
            .select_from(OutboxRow)
            .where(OutboxRow.status.in_(("waiting", "sending")), OutboxRow.kind == mail.KIND)
            .where(OutboxRow.created_at < system_now() - LATE_AFTER)
        )
        with unit_of_work(read_only=True) as work:
            count = work.session.scalars(late).one()
        return translate_count("monitoring.health.waiting_mails", count) if count else None


@dataclass(frozen=True)
class DiskHealth:
    """There is room to write."""

    name: str = "disk"

    def check(self) -> str | None:
        """Return what is wrong: a disk nearly full."""
        percent = psutil.disk_usage(".").percent
        if percent < FULL_PERCENT:
            return None
        return translate("monitoring.health.disk_full", percent=number_text(percent))


HEALTH_CHECKS = (JobHealth(), MailHealth(), DiskHealth())
