"""Invoices are merged along an order that only rises, so the order of news is no matter; pure."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from app.modules.billing.services.webhooks.invoice_state import InvoiceState

# Stripe lets an uncollectible invoice still be paid or voided, never the other way round.
RANKS: Mapping[str, int] = {"draft": 0, "open": 1, "uncollectible": 2, "void": 3, "paid": 3}


def merged(held: InvoiceState, news: InvoiceState) -> InvoiceState:
    """Return what is known of an invoice from two pieces of news, whichever came first (S12).

    The later stage of its life wins whole; the number of tries, what was paid and what was given
    back only rise, and a dispute stays.
    """
    later = news if _stage(news) > _stage(held) else held
    return replace(
        later,
        attempt_count=max(held.attempt_count, news.attempt_count),
        amount_paid_cents=max(held.amount_paid_cents, news.amount_paid_cents),
        refunded_cents=max(held.refunded_cents, news.refunded_cents),
        disputed_at=_earlier(held.disputed_at, news.disputed_at),
    )


def _stage(state: InvoiceState) -> tuple[int, int, int, float]:
    next_attempt = state.next_attempt_at.timestamp() if state.next_attempt_at else 0
    rank = RANKS.get(state.status, 0)
    return rank, state.attempt_count, state.amount_paid_cents, next_attempt


def _earlier(one: datetime | None, other: datetime | None) -> datetime | None:
    return min((at for at in (one, other) if at is not None), default=None)
