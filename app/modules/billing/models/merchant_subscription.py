"""A merchant's subscription on a platform."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.kit.models import Base, PrimaryKey


class SubscriptionStatus(StrEnum):
    """Where a subscription stands (D11, D20)."""

    TRIAL = "trial"
    ACTIVE = "active"
    PAST_DUE = "past_due"
    UNPAID = "unpaid"
    INCOMPLETE = "incomplete"
    PAUSED = "paused"
    EXPIRED = "expired"
    CANCELLED = "cancelled"


class BillingSource(StrEnum):
    """Who decides on status and periods (D19)."""

    TRIAL = "trial"
    STRIPE = "stripe"
    MANUAL = "manual"
    COMP = "comp"


# What counts for revenue (D27), and who has begun in earnest and has not ended.
EARNING = (SubscriptionStatus.ACTIVE, SubscriptionStatus.PAST_DUE)
PAID_FOR = (BillingSource.STRIPE, BillingSource.MANUAL)
CUSTOMER = (*EARNING, SubscriptionStatus.UNPAID, SubscriptionStatus.PAUSED)


class MerchantSubscription(Base):
    """One merchant on one platform (D19). All amounts in minor units; `arr_cents` net and exact.

    A local trial has `trial_ends_at` and no Stripe id. `usage_anchor` is what monthly windows
    count from (D15).
    """

    __tablename__ = "merchant_subscriptions"
    __table_args__ = (
        UniqueConstraint("merchant_id", "platform_id"),
        Index("ix_merchant_subscriptions_platform_status", "platform_id", "status"),
        Index("ix_merchant_subscriptions_status_period", "status", "period_end", "id"),
        Index("ix_merchant_subscriptions_tier_period", "tier_id", "period_end", "id"),
        Index("ix_merchant_subscriptions_period", "period_end", "id"),
    )

    id: Mapped[PrimaryKey]
    merchant_id: Mapped[int] = mapped_column(ForeignKey("merchants.id"))
    platform_id: Mapped[int] = mapped_column(ForeignKey("platforms.id"))
    tier_id: Mapped[int] = mapped_column(ForeignKey("subscription_tiers.id"))
    status: Mapped[str]
    billing_source: Mapped[str]
    is_annual: Mapped[bool] = mapped_column(default=False)
    period_start: Mapped[datetime]
    period_end: Mapped[datetime]
    usage_anchor: Mapped[datetime]
    trial_ends_at: Mapped[datetime | None]
    cancel_at: Mapped[datetime | None]
    cancelled_at: Mapped[datetime | None]
    cancellation_reason: Mapped[str | None]
    pending_tier_id: Mapped[int | None] = mapped_column(ForeignKey("subscription_tiers.id"))
    pending_is_annual: Mapped[bool | None]
    pending_effective_at: Mapped[datetime | None]
    stripe_price_id: Mapped[str | None]
    unit_amount_cents: Mapped[int] = mapped_column(default=0)
    currency: Mapped[str]
    discount_cents: Mapped[int] = mapped_column(default=0)
    arr_cents: Mapped[int] = mapped_column(default=0)
    stripe_customer_id: Mapped[str | None] = mapped_column(unique=True)
    stripe_subscription_id: Mapped[str | None] = mapped_column(unique=True)
    stripe_schedule_id: Mapped[str | None]
    has_payment_method: Mapped[bool] = mapped_column(default=False)
    payment_retry_count: Mapped[int] = mapped_column(default=0)
    past_due_since: Mapped[datetime | None]
    grace_until: Mapped[datetime | None]
    last_payment_error: Mapped[str | None]
    missing_at_stripe_at: Mapped[datetime | None]
    stripe_synced_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]

    __mapper_args__ = {"version_id_col": version}
