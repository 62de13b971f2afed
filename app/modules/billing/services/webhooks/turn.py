"""The background work: what lies in the inbox, then what has to be fetched."""

from app.kit.clocks import clocks, pin_business_time, system_now
from app.kit.db import rerun_on_conflict, unit_of_work
from app.modules.billing.repositories import webhook_events
from app.modules.billing.services.webhooks.inbox import ClaimedEvent, claim_due
from app.modules.billing.services.webhooks.processing import process_all

BATCH = 200


def take_next() -> bool:
    """Work on the events that have waited longest; False when none is due."""
    pin_business_time(clocks().read_offset())
    with unit_of_work(read_only=True) as work:
        if not webhook_events.any_free(work.session, system_now()):
            return False
    claims = rerun_on_conflict(_claim)
    process_all(claims)
    return bool(claims)


def _claim() -> list[ClaimedEvent]:
    with unit_of_work() as work:
        return claim_due(work, limit=BATCH)
