"""What waits or failed in the background, and how far we are from Stripe."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from app.modules.billing.repositories import backlog, reconciliations
from app.modules.billing.settings import billing_settings


@dataclass(frozen=True)
class Machinery:
    """Counts of what somebody should look at; the comparison with Stripe is the last finished."""

    waiting_webhooks: int
    dead_webhooks: int
    failed_jobs: int
    payments_configured: bool
    checked_at: datetime | None
    drifted: int
    repaired: int


def machinery(db: Session) -> Machinery:
    """Count; a handful of statements."""
    waiting, dead = backlog.webhooks(db)
    run = reconciliations.last_finished(db)
    return Machinery(
        waiting_webhooks=waiting,
        dead_webhooks=dead,
        failed_jobs=backlog.failed_jobs(db),
        payments_configured=billing_settings().payments_configured,
        checked_at=None if run is None else run.finished_at,
        drifted=0 if run is None else run.drifted,
        repaired=0 if run is None else run.repaired,
    )
