"""Where a store wants to be told of events."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.kit.models import Base, Json, PrimaryKey


class OutboundEvent(StrEnum):
    """What a store's own system can be told of, by public names."""

    SUBSCRIPTION_CREATED = "subscription.created"
    SUBSCRIPTION_UPDATED = "subscription.updated"
    SUBSCRIPTION_CANCELLED = "subscription.cancelled"
    SUBSCRIPTION_TRIAL_ENDING = "subscription.trial_ending"
    LIMIT_APPROACHING = "limit.approaching"
    LIMIT_REACHED = "limit.reached"
    INVOICE_PAID = "invoice.paid"
    INVOICE_PAYMENT_FAILED = "invoice.payment_failed"


class WebhookEndpoint(Base):
    """One address of a store's own system; `events` are the types it wants.

    The signing secret is not stored: it is derived from SECRET_KEY and `secret_seed`. After a
    rotation the former one signs too, until `former_until` (system time).
    """

    __tablename__ = "webhook_endpoints"
    __table_args__ = (Index("ix_webhook_endpoints_merchant", "merchant_id", "platform_id"),)

    id: Mapped[PrimaryKey]
    merchant_id: Mapped[int] = mapped_column(ForeignKey("merchants.id"))
    platform_id: Mapped[int] = mapped_column(ForeignKey("platforms.id"))
    store_id: Mapped[int] = mapped_column(ForeignKey("stores.id"), index=True)
    url: Mapped[str]
    events: Mapped[list[Any]] = mapped_column(Json)
    is_active: Mapped[bool] = mapped_column(default=True)
    secret_seed: Mapped[str]
    former_seed: Mapped[str | None]
    former_until: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]

    __mapper_args__ = {"version_id_col": version}
