"""A schedule of changes was made, altered or ended: its subscription is fetched (S13, D21)."""

from app.kit.db import UnitOfWork
from app.modules.billing.services.sync.ownership import find_belonging
from app.modules.billing.services.webhooks.handlers.belonging import id_of
from app.modules.billing.services.webhooks.outcome import (
    Event,
    Handler,
    Outcome,
    each,
    ignored,
    processed,
)


def _apply(work: UnitOfWork, event: Event) -> Outcome:
    schedule = event.object
    subscription_id = id_of(schedule.get("subscription") or schedule.get("released_subscription"))
    found = find_belonging(
        work,
        subscription_id=subscription_id,
        customer_id=id_of(schedule.get("customer")),
        metadata=schedule.get("metadata") or {},
    )
    return ignored() if found is None else processed(found.owner, subscription_id)


HANDLER = Handler(each(_apply))
