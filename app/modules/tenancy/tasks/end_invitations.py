"""Ends invitations that nobody accepted within 14 days; their places become free."""

from app.kit.clocks import business_now
from app.kit.db import UnitOfWork
from app.kit.jobs import Done, JobRun, More, StepJob
from app.modules.tenancy.services.end_invitations import end_expired_invitations

BATCH = 200


def step(work: UnitOfWork, run: JobRun) -> Done | More:
    """End one batch; there is more while batches are full."""
    ended = end_expired_invitations(work, at=business_now(), limit=BATCH)
    counts = {"ended": ended}
    return More(run.cursor, counts) if ended == BATCH else Done(counts)


END_INVITATIONS = StepJob(
    name="tenancy.end_invitations", schedule="7 * * * *", catch_up="latest", step=step
)
