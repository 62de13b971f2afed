"""Drops what the kit's own machinery no longer needs; what failed stays until somebody acts."""

from datetime import timedelta

from app.kit.clocks import business_now, system_now
from app.kit.db import UnitOfWork
from app.kit.delete_rows import delete_portion
from app.kit.jobs import Done, JobRun, More, StepJob
from app.kit.jobs.models import JobSlot
from app.kit.mail import KeptMail
from app.kit.outbox.models import OutboxRow

KEEP_RUNS = timedelta(days=30)
KEEP_MESSAGES = timedelta(days=90)  # as long as a repeated transition could still come
KEEP_MAILS = timedelta(days=30)
ROWS_A_STEP = 1000


def clean_up(work: UnitOfWork, _run: JobRun) -> Done | More:
    """Delete a portion of old job runs, delivered messages and kept mails."""
    session = work.session
    counts = {
        "job_runs": delete_portion(
            session,
            JobSlot,
            JobSlot.status.in_(("done", "skipped")),
            JobSlot.available_at < system_now() - KEEP_RUNS,
            limit=ROWS_A_STEP,
        ),
        "messages": delete_portion(
            session,
            OutboxRow,
            OutboxRow.status == "delivered",
            OutboxRow.available_at < system_now() - KEEP_MESSAGES,
            limit=ROWS_A_STEP,
        ),
        "kept_mails": delete_portion(
            session, KeptMail, KeptMail.created_at < business_now() - KEEP_MAILS, limit=ROWS_A_STEP
        ),
    }
    return More(None, counts) if ROWS_A_STEP in counts.values() else Done(counts)


CLEAN_UP = StepJob(name="kit.clean_up", schedule="15 3 * * *", step=clean_up)
