"""A customer was deleted at Stripe, by hand: Stripe ends all it paid for; operators are told."""

from app.kit.db import UnitOfWork
from app.modules.billing.repositories import stripe_links
from app.modules.billing.services.alerts import alert
from app.modules.billing.services.webhooks.handlers.belonging import owner_of_customer
from app.modules.billing.services.webhooks.outcome import (
    Event,
    Handler,
    Outcome,
    each,
    ignored,
    processed,
)


def _apply(work: UnitOfWork, event: Event) -> Outcome:
    customer_id = event.object["id"]
    owner = owner_of_customer(work, customer_id)
    if owner is None:
        return ignored()
    alert(
        work,
        "customer_deleted",
        key=customer_id,
        platform_id=owner.platform_id,
        merchant_id=owner.merchant_id,
        customer=customer_id,
    )
    paid_for = stripe_links.subscriptions_of(work.session, [customer_id])
    return processed(owner, *paid_for[customer_id])


HANDLER = Handler(each(_apply))
