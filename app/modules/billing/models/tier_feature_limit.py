"""What a tier holds of a feature."""

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.kit.models import Base, PrimaryKey


class TierFeatureLimit(Base):
    """One feature of one tier (D8): no row or not `enabled` is not in the plan.

    `limit_value` 0 means none allowed, NULL unlimited; for a binary feature it has no meaning.
    """

    __tablename__ = "tier_feature_limits"
    __table_args__ = (UniqueConstraint("tier_id", "feature_code"),)

    id: Mapped[PrimaryKey]
    tier_id: Mapped[int] = mapped_column(ForeignKey("subscription_tiers.id", ondelete="CASCADE"))
    feature_code: Mapped[str]
    limit_value: Mapped[int | None]
    enabled: Mapped[bool] = mapped_column(default=True)
