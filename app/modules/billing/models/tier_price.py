"""Every price a tier ever had."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.kit.models import Base, PrimaryKey


class TierPrice(Base):
    """One price of an interval, `month` or `year`; by it a Stripe price finds its tier (D25)."""

    __tablename__ = "tier_prices"

    id: Mapped[PrimaryKey]
    tier_id: Mapped[int] = mapped_column(
        ForeignKey("subscription_tiers.id", ondelete="CASCADE"), index=True
    )
    interval: Mapped[str]
    amount_cents: Mapped[int]
    currency: Mapped[str]
    stripe_price_id: Mapped[str | None] = mapped_column(unique=True)
    is_current: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime]
