"""A customer changed, perhaps the card: what it pays for is fetched (S13)."""

from app.kit.db import UnitOfWork
from app.modules.billing.repositories import stripe_links
from app.modules.billing.services.webhooks.handlers.belonging import owner_of_customer
from app.modules.billing.services.webhooks.outcome import (
    Event,
    Handler,
    Outcome,
    ignored,
    processed,
)


def _apply(work: UnitOfWork, event: Event) -> Outcome:
    customer_id = event.object["id"]
    owner = owner_of_customer(work, customer_id)
    if owner is None:
        return ignored()
    return processed(owner, *stripe_links.subscriptions_of_customer(work.session, customer_id))


HANDLER = Handler(_apply)
