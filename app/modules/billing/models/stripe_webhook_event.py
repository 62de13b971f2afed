"""The inbox of Stripe's webhooks."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from app.kit.models import Base, PrimaryKey


class EventStatus(StrEnum):
    """What became of an event (S12, S14)."""

    RECEIVED = "received"
    PROCESSED = "processed"
    IGNORED = "ignored"
    FAILED = "failed"
    DEAD = "dead"


class IgnoredBecause(StrEnum):
    """Why an event tells us nothing."""

    OF_NOBODY = "of_nobody"
    NO_HANDLER = "no_handler"
    OTHER_MODE = "other_mode"
    OTHER_ACCOUNT = "other_account"


class StripeWebhookEvent(Base):
    """One event, received once (S12); the body is emptied after 90 days (D28).

    `claimed_until` leases it to the process that works on it, `next_attempt_at` keeps a failed
    one waiting; both are system time. `error_message` of an ignored one is an `IgnoredBecause`.
    """

    __tablename__ = "stripe_webhook_events"
    __table_args__ = (Index("ix_stripe_webhook_events_status", "status", "id"),)

    id: Mapped[PrimaryKey]
    event_id: Mapped[str] = mapped_column(unique=True)
    event_type: Mapped[str] = mapped_column(index=True)
    api_version: Mapped[str | None]
    stripe_created_at: Mapped[datetime]
    status: Mapped[str]
    attempts: Mapped[int] = mapped_column(default=0)
    error_message: Mapped[str | None]
    received_at: Mapped[datetime]
    processed_at: Mapped[datetime | None]
    claimed_until: Mapped[datetime | None]
    next_attempt_at: Mapped[datetime | None]
    payload: Mapped[dict[str, Any] | None]
    merchant_id: Mapped[int | None] = mapped_column(index=True)
    platform_id: Mapped[int | None] = mapped_column(index=True)
