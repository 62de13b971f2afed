"""Jobs on webhooks that came and that went."""

from datetime import timedelta

from app.kit.clocks import business_now, system_now
from app.kit.db import UnitOfWork
from app.kit.jobs import Done, JobRun, More, StepJob
from app.modules.billing.repositories import webhook_endpoints, webhook_events

BODIES_KEPT = timedelta(days=90)
DELIVERIES_KEPT = timedelta(days=30)
AT_ONCE = 500


def empty_webhook_bodies(work: UnitOfWork, _run: JobRun) -> Done | More:
    """Empty the bodies of old events; what became of them stays (D28)."""
    oldest = system_now() - BODIES_KEPT
    emptied = webhook_events.empty_bodies(work.session, before=oldest, limit=AT_ONCE)
    counts = {"emptied": emptied}
    return Done(counts) if emptied < AT_ONCE else More(None, counts)


def drop_webhook_deliveries(work: UnitOfWork, _run: JobRun) -> Done | More:
    """Delete the log of outbound webhooks after thirty days; daily."""
    oldest = business_now() - DELIVERIES_KEPT
    dropped = webhook_endpoints.drop_deliveries(work.session, before=oldest, limit=AT_ONCE)
    counts = {"dropped": dropped}
    return Done(counts) if dropped < AT_ONCE else More(None, counts)


JOBS = (
    StepJob(name="billing.empty_webhook_bodies", schedule="45 3 * * *", step=empty_webhook_bodies),
    StepJob(
        name="billing.drop_webhook_deliveries", schedule="55 3 * * *", step=drop_webhook_deliveries
    ),
)
