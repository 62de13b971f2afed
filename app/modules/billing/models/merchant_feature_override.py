"""An exception for one merchant."""

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.kit.models import Base, PrimaryKey

GRANDFATHERED = "grandfathered"


class MerchantFeatureOverride(Base):
    """One feature of one merchant, decided by the operator; wins over the tier (D9).

    `expires_at` NULL holds for ever; `reason` `grandfathered` marks those written by D26.
    """

    __tablename__ = "merchant_feature_overrides"
    __table_args__ = (UniqueConstraint("merchant_id", "platform_id", "feature_code"),)

    id: Mapped[PrimaryKey]
    merchant_id: Mapped[int] = mapped_column(ForeignKey("merchants.id"))
    platform_id: Mapped[int] = mapped_column(ForeignKey("platforms.id"), index=True)
    feature_code: Mapped[str]
    limit_value: Mapped[int | None]
    is_enabled: Mapped[bool] = mapped_column(default=True)
    reason: Mapped[str] = mapped_column(default="")
    created_by: Mapped[str]
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime | None]
