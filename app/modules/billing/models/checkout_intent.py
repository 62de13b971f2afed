"""What somebody is about to buy on Stripe's page."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from app.kit.models import Base, PrimaryKey


class Purpose(StrEnum):
    """What a checkout is for."""

    PLAN = "plan"
    ADDON = "addon"


class IntentStatus(StrEnum):
    """Where a checkout stands; `open` ones reserve their purpose and their domain name."""

    OPEN = "open"
    COMPLETED = "completed"
    EXPIRED = "expired"


_OPEN = text("status = 'open'")


class CheckoutIntent(Base):
    """One checkout, written before Stripe is asked for its session (S2, S5, D30).

    `subject` says what is bought (`plan`, or the add-on's code and name at its store), so that
    one of a kind is open at a time. `expires_at` is business time, as Stripe's is (S21).
    """

    __tablename__ = "checkout_intents"
    __table_args__ = (
        Index(
            "uq_checkout_intents_merchant_id_platform_id_subject",
            "merchant_id",
            "platform_id",
            "subject",
            unique=True,
            sqlite_where=_OPEN,
            postgresql_where=_OPEN,
        ),
        Index(
            "uq_checkout_intents_domain_name",
            "domain_name",
            unique=True,
            sqlite_where=_OPEN,
            postgresql_where=_OPEN,
        ),
    )

    id: Mapped[PrimaryKey]
    merchant_id: Mapped[int] = mapped_column(ForeignKey("merchants.id"))
    platform_id: Mapped[int] = mapped_column(ForeignKey("platforms.id"))
    store_id: Mapped[int] = mapped_column(ForeignKey("stores.id"))
    purpose: Mapped[str]
    subject: Mapped[str]
    tier_id: Mapped[int | None] = mapped_column(ForeignKey("subscription_tiers.id"))
    is_annual: Mapped[bool] = mapped_column(default=False)
    addon_product_id: Mapped[int | None] = mapped_column(ForeignKey("addon_products.id"))
    domain_name: Mapped[str | None]
    status: Mapped[str] = mapped_column(default=IntentStatus.OPEN)
    session_id: Mapped[str | None] = mapped_column(unique=True)
    session_url: Mapped[str | None]
    expires_at: Mapped[datetime]
    created_at: Mapped[datetime]
    created_by: Mapped[str]
