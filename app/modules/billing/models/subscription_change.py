"""How subscriptions became what they are."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.kit.models import Base, PrimaryKey


class SubscriptionChange(Base):
    """One change of tier, status, price or source, written with it (D19); never altered.

    Churn, conversion and movements of revenue are read from these rows alone.
    """

    __tablename__ = "subscription_changes"
    __table_args__ = (
        Index("ix_subscription_changes_merchant", "merchant_id", "platform_id", "id"),
        Index("ix_subscription_changes_platform_at", "platform_id", "at"),
    )

    id: Mapped[PrimaryKey]
    subscription_id: Mapped[int] = mapped_column(
        ForeignKey("merchant_subscriptions.id"), index=True
    )
    merchant_id: Mapped[int]
    platform_id: Mapped[int]
    at: Mapped[datetime]
    cause: Mapped[str]
    before: Mapped[dict[str, Any] | None]
    after: Mapped[dict[str, Any]]
    arr_cents_before: Mapped[int]
    arr_cents_after: Mapped[int]
