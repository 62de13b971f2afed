"""Somebody finished a checkout: what was bought is fetched, unless it is not paid yet (S6, S13)."""

from app.kit.db import UnitOfWork
from app.modules.billing.gateways.shapes import checkout_snapshot
from app.modules.billing.services.checkout_intents import complete_intent
from app.modules.billing.services.sync.ownership import find_belonging
from app.modules.billing.services.webhooks.outcome import (
    Event,
    Handler,
    Outcome,
    each,
    ignored,
    processed,
)

UNPAID = "unpaid"


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
    complete_intent(work, session.id)
    is_paid = session.payment_status != UNPAID
    return processed(found.owner, session.subscription_id if is_paid else None)


HANDLER = Handler(each(_apply))
