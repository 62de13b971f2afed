"""Jobs on Stripe's webhooks."""

from datetime import timedelta

from app.kit.clocks import system_now
from app.kit.db import UnitOfWork
from app.kit.jobs import Done, JobRun, More, StepJob
from app.modules.billing.repositories import webhook_events

BODIES_KEPT = timedelta(days=90)
AT_ONCE = 500


def empty_webhook_bodies(work: UnitOfWork, _run: JobRun) -> Done | More:
    """Empty the bodies of old events; what became of them stays (D28)."""
    oldest = system_now() - BODIES_KEPT
    emptied = webhook_events.empty_bodies(work.session, before=oldest, limit=AT_ONCE)
    counts = {"emptied": emptied}
    return Done(counts) if emptied < AT_ONCE else More(None, counts)


JOBS = (
    StepJob(name="billing.empty_webhook_bodies", schedule="45 3 * * *", step=empty_webhook_bodies),
)
