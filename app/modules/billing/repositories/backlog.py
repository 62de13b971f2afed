"""What waits or was given up on, counted for the operator."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.kit.jobs.models import JobSlot
from app.modules.billing.models import EventStatus, StripeWebhookEvent


def webhooks(session: Session) -> tuple[int, int]:
    """Return how many of Stripe's events wait, and how many nobody tries any more (S12)."""
    counted = select(StripeWebhookEvent.status, func.count().label("events")).where(
        StripeWebhookEvent.status.in_((EventStatus.RECEIVED, EventStatus.FAILED, EventStatus.DEAD))
    )
    grouped = session.execute(counted.group_by(StripeWebhookEvent.status))
    rows = {row.status: row.events for row in grouped}
    dead = rows.pop(EventStatus.DEAD, 0)
    return sum(rows.values()), dead


def oldest_waiting_webhook(session: Session) -> datetime | None:
    """Return when the oldest event that waits was received, system time."""
    return session.scalars(
        select(func.min(StripeWebhookEvent.received_at)).where(
            StripeWebhookEvent.status.in_((EventStatus.RECEIVED, EventStatus.FAILED))
        )
    ).one()


def late_jobs(session: Session, *, before: datetime) -> int:
    """Return how many runs wait although they could have begun before an instant, system time."""
    return session.scalars(
        select(func.count())
        .select_from(JobSlot)
        .where(JobSlot.status == "waiting", JobSlot.available_at < before)
    ).one()


def failed_jobs(session: Session) -> int:
    """Return how many job runs have failed and wait for somebody."""
    return session.scalars(
        select(func.count()).select_from(JobSlot).where(JobSlot.status == "failed")
    ).one()
