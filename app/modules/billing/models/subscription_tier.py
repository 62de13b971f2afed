"""A tier: what a platform sells, at which price."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.kit.models import Base, PrimaryKey


class SubscriptionTier(Base):
    """One tier of one platform (D25); prices in minor units of `currency`, names by locale.

    `shipped` marks what came with the product: inserted once, never overwritten (D7).
    """

    __tablename__ = "subscription_tiers"
    __table_args__ = (UniqueConstraint("platform_id", "code"),)

    id: Mapped[PrimaryKey]
    platform_id: Mapped[int] = mapped_column(ForeignKey("platforms.id"))
    code: Mapped[str] = mapped_column(index=True)
    rank: Mapped[int]
    name_i18n: Mapped[dict[str, Any]]
    description_i18n: Mapped[dict[str, Any]] = mapped_column(default=dict)
    price_monthly_cents: Mapped[int]
    price_annual_cents: Mapped[int | None]
    currency: Mapped[str]
    stripe_product_id: Mapped[str | None]
    stripe_price_monthly_id: Mapped[str | None]
    stripe_price_annual_id: Mapped[str | None]
    display_order: Mapped[int] = mapped_column(default=0)
    is_active: Mapped[bool] = mapped_column(default=True)
    is_public: Mapped[bool] = mapped_column(default=True)
    shipped: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]

    __mapper_args__ = {"version_id_col": version}
