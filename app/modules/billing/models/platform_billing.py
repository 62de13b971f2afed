"""How a platform sells."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.kit.models import Base, PrimaryKey

ACCEPT, REFUSE = "accept", "refuse"


class PlatformBilling(Base):
    """Billing's settings of one platform (D1).

    `default_tier_id` is what a trial starts with, `free_tier_id` what is left when access is
    restricted (D11), `inbound_after_expiry` whether shop orders are taken then (D17),
    `luxembourgish_as` the language of Stripe's pages for readers of Luxembourgish (S5).
    """

    __tablename__ = "platform_billing"

    id: Mapped[PrimaryKey]
    platform_id: Mapped[int] = mapped_column(ForeignKey("platforms.id"), unique=True)
    default_tier_id: Mapped[int | None] = mapped_column(ForeignKey("subscription_tiers.id"))
    free_tier_id: Mapped[int | None] = mapped_column(ForeignKey("subscription_tiers.id"))
    inbound_after_expiry: Mapped[str] = mapped_column(default=ACCEPT)
    luxembourgish_as: Mapped[str] = mapped_column(default="fr")
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}
