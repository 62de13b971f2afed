"""A buyer's bank wants the money back: noted and told; access stays as it is (S13)."""

from dataclasses import replace

from app.kit.db import UnitOfWork
from app.modules.billing.repositories import stripe_links
from app.modules.billing.services.notices import Notice, notify
from app.modules.billing.services.webhooks.handlers.charges import (
    ask_for_invoice,
    known_invoice,
    owner_of,
)
from app.modules.billing.services.webhooks.handlers.invoices import merge_into
from app.modules.billing.services.webhooks.invoice_state import read_state
from app.modules.billing.services.webhooks.outcome import (
    Event,
    Handler,
    Outcome,
    each,
    ignored,
    processed,
)


def _apply(work: UnitOfWork, event: Event) -> Outcome:
    row = known_invoice(work, event)
    if row is None:
        return ignored()
    merge_into(work, [(row, replace(read_state(row), disputed_at=event.created_at))])
    plan = stripe_links.lock_plan(work.session, owner_of(row))
    if plan is not None:
        notify(
            work,
            plan,
            Notice.PAYMENT_DISPUTED,
            key=event.object["id"],
            invoice_number=row.invoice_number,
            amount_cents=event.object["amount"],
        )
    return processed(owner_of(row))


HANDLER = Handler(each(_apply), ask_for_invoice)
