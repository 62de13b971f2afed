"""A customer changed, perhaps the card: what it pays for is fetched (S13)."""

from collections.abc import Sequence

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


def _apply(work: UnitOfWork, events: Sequence[Event]) -> list[Outcome]:
    customers = [event.object["id"] for event in events]
    paid_for = stripe_links.subscriptions_of(work.session, customers)
    owners = [owner_of_customer(work, one) for one in customers]
    return [
        ignored() if owner is None else processed(owner, *paid_for[customer])
        for owner, customer in zip(owners, customers, strict=True)
    ]


HANDLER = Handler(_apply)
