"""Webhooks as operators look at them."""

from datetime import datetime
from typing import Any, Self

from pydantic import BaseModel

from app.kit.i18n import translate
from app.modules.billing.models import EventStatus, StripeWebhookEvent


class WebhookEventOut(BaseModel):
    """One event of Stripe and what became of it.

    `error_message` says what went wrong, or in the reader's language why it was ignored.
    """

    id: int
    event_id: str
    event_type: str
    api_version: str | None
    status: EventStatus
    attempts: int
    error_message: str | None
    stripe_created_at: datetime
    received_at: datetime
    processed_at: datetime | None
    next_attempt_at: datetime | None
    merchant_id: int | None
    platform_id: int | None

    @classmethod
    def of(cls, row: StripeWebhookEvent) -> Self:
        """Return the answer for a row."""
        told = cls.model_validate(row, from_attributes=True)
        if row.status == EventStatus.IGNORED:
            told.error_message = translate(f"billing.webhooks.ignored.{row.error_message}")
        return told


class WebhookEventDetailOut(WebhookEventOut):
    """One event with its body; emptied after 90 days."""

    payload: dict[str, Any] | None
