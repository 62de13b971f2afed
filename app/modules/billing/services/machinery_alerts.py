"""Operators hear of jobs that failed for good and of messages that were given up."""

from app.kit import mail
from app.kit.clocks import business_now
from app.kit.db import UnitOfWork
from app.kit.jobs import JobRun
from app.kit.outbox import OutboxMessage
from app.modules.billing.services.alerts import alert
from app.modules.billing.services.notices.alert_mail import TEMPLATE

TOLD_OF_ERROR = 300


def alert_failed_job(work: UnitOfWork, run: JobRun, error: str) -> None:
    """Tell of a run whose last try has failed."""
    alert(
        work,
        "job_failed",
        key=f"{run.name}:{run.slot.isoformat()}",
        job=run.name,
        slot=run.slot.isoformat(),
        error=error[:TOLD_OF_ERROR],
    )


def alert_dead_message(work: UnitOfWork, message: OutboxMessage, error: str) -> None:
    """Tell of the first message of a kind that was given up on a day.

    Of an alert's own mail nothing is told: it would take the same way, and so on for ever.
    """
    if message.kind == mail.KIND and message.payload.get("template") == TEMPLATE:
        return
    alert(
        work,
        "message_dead",
        key=f"{message.kind}:{business_now():%Y-%m-%d}",
        message=message.id,
        message_kind=message.kind,
        error=error[:TOLD_OF_ERROR],
    )
