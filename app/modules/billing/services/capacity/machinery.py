"""What waits or failed in the background, and how far we are from Stripe."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from app.kit.clocks import system_now
from app.modules.billing.repositories import backlog, reconciliations
from app.modules.billing.services.tables import tables
from app.modules.billing.settings import billing_settings


@dataclass(frozen=True)
class Machinery:
    """Counts of what somebody should look at; the comparison with Stripe is the last finished.

    `webhook_lag_s` is how long the oldest waiting event has waited, 0.0 without one;
    `tables_age_s` how long ago this process heard that what it keeps of plans holds, None before.
    """

    waiting_webhooks: int
    webhook_lag_s: float
    dead_webhooks: int
    failed_jobs: int
    payments_configured: bool
    checked_at: datetime | None
    drifted: int
    repaired: int
    tables_age_s: float | None


def machinery(db: Session) -> Machinery:
    """Count; a handful of statements."""
    waiting, dead = backlog.webhooks(db)
    oldest = backlog.oldest_waiting_webhook(db)
    run = reconciliations.last_finished(db)
    return Machinery(
        waiting_webhooks=waiting,
        webhook_lag_s=0.0 if oldest is None else (system_now() - oldest).total_seconds(),
        dead_webhooks=dead,
        failed_jobs=backlog.failed_jobs(db),
        payments_configured=billing_settings().payments_configured,
        checked_at=None if run is None else run.finished_at,
        drifted=0 if run is None else run.drifted,
        repaired=0 if run is None else run.repaired,
        tables_age_s=tables().age_s,
    )
