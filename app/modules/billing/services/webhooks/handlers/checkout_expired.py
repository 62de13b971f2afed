"""A checkout came to nothing: what it reserved is free again (S13, D30)."""

from app.kit.db import UnitOfWork
from app.modules.billing.gateways.shapes import checkout_snapshot
from app.modules.billing.services.checkout_intents import expire_intent
from app.modules.billing.services.sync.ownership import find_belonging
from app.modules.billing.services.webhooks.outcome import (
    Event,
    Handler,
    Outcome,
    each,
    ignored,
    processed,
)


def _apply(work: UnitOfWork, event: Event) -> Outcome:
    session = checkout_snapshot(event.object)
    found = find_belonging(
        work,
        subscription_id=session.subscription_id,
        customer_id=session.customer_id,
        metadata=session.metadata,
    )
    if found is None:
        return ignored()
    expire_intent(work, session.id)
    return processed(found.owner, session.subscription_id)


HANDLER = Handler(each(_apply))
