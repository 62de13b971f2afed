"""Rows of billing that tell of people: what owners subscribe to, buy and wrote."""

from collections import Counter
from collections.abc import Collection
from typing import Any

from sqlalchemy import CursorResult, Select, Update, exists, null, select, update
from sqlalchemy.orm import Session

from app.modules.billing.models import (
    BillingHistory,
    CheckoutIntent,
    MerchantSubscription,
    StripeWebhookEvent,
    SubscriptionStatus,
)
from app.modules.billing.models.stripe_webhook_event import EventStatus

_ENDED = (SubscriptionStatus.CANCELLED, SubscriptionStatus.EXPIRED)
_SETTLED = (EventStatus.PROCESSED, EventStatus.IGNORED)


def has_running_subscription(session: Session, merchant_ids: Collection[int]) -> bool:
    """Whether one of these merchants has a subscription that has not ended."""
    running = select(MerchantSubscription.id).where(
        MerchantSubscription.merchant_id.in_(merchant_ids),
        MerchantSubscription.status.not_in(_ENDED),
    )
    return bool(session.scalar(select(exists(running))))


def rows_of_merchants(merchant_ids: Collection[int]) -> list[Select[Any]]:
    """Return the queries for what merchants subscribe to, bought and were billed."""
    return [
        select(model).where(model.merchant_id.in_(merchant_ids))
        for model in (MerchantSubscription, BillingHistory, CheckoutIntent, StripeWebhookEvent)
    ]


def empty_rows(session: Session, merchant_ids: Collection[int]) -> Counter[str]:
    """Empty what these merchants wrote, and what Stripe told of them and was dealt with."""
    mine = MerchantSubscription.merchant_id.in_(merchant_ids)
    why = MerchantSubscription.cancellation_reason
    event, intent = StripeWebhookEvent, CheckoutIntent
    changes = {
        MerchantSubscription: update(MerchantSubscription)
        .where(mine, why.is_not(None))
        .values(cancellation_reason=None, version=MerchantSubscription.version + 1),
        event: update(event)
        .where(event.merchant_id.in_(merchant_ids), event.payload.is_not(None))
        .where(event.status.in_(_SETTLED))
        .values(payload=null()),
        intent: update(intent)
        .where(intent.merchant_id.in_(merchant_ids), intent.session_url.is_not(None))
        .values(session_url=None),
    }
    return Counter({model.__tablename__: _run(session, one) for model, one in changes.items()})


def _run(session: Session, change: Update) -> int:
    done = session.execute(change.execution_options(synchronize_session=False))
    assert isinstance(done, CursorResult)
    return done.rowcount
