"""Money was given back: the sum so far is kept with the invoice (S12, S13)."""

from dataclasses import replace

from app.kit.db import UnitOfWork
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
    news = replace(read_state(row), refunded_cents=event.object["amount_refunded"])
    merge_into(work, [(row, news)])
    return processed(owner_of(row))


HANDLER = Handler(each(_apply), ask_for_invoice)
