"""A subscription changed in whatever way: it is fetched, the payload is but a hint (S12)."""

from app.kit.db import UnitOfWork
from app.modules.billing.services.webhooks.handlers.belonging import owner_of_subscription
from app.modules.billing.services.webhooks.outcome import (
    Event,
    Handler,
    Outcome,
    each,
    ignored,
    processed,
)


def _apply(work: UnitOfWork, event: Event) -> Outcome:
    owner = owner_of_subscription(work, event.object)
    return ignored() if owner is None else processed(owner, event.object["id"])


HANDLER = Handler(each(_apply))
