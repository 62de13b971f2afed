"""An add-on that a store has bought."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from app.kit.models import Base, PrimaryKey


class AddOnStatus(StrEnum):
    """Where the subscription of an add-on stands (D29)."""

    ACTIVE = "active"
    PAST_DUE = "past_due"
    UNPAID = "unpaid"
    CANCELLED = "cancelled"
    EXPIRED = "expired"


class Fulfilment(StrEnum):
    """Whether the operator has delivered what was bought."""

    WAITING = "waiting"
    DONE = "done"
    FAILED = "failed"


RUNNING = (AddOnStatus.ACTIVE, AddOnStatus.PAST_DUE)
HELD = (*RUNNING, AddOnStatus.UNPAID)
_HOLDS_ITS_NAME = text("status IN ('active', 'past_due', 'unpaid') AND fulfilment <> 'failed'")


class StoreAddOn(Base):
    """One purchase, a Stripe subscription of its own (D29); grants count while it is running.

    `stopped_with_plan`: the end of the plan stopped its renewal, which a reactivation restores
    (D24). `pending_product_id` is a smaller pack that begins at the period's end (D31). A domain
    name, in ASCII, is held by one add-on at a time.
    """

    __tablename__ = "store_addons"
    __table_args__ = (
        Index("ix_store_addons_merchant", "merchant_id", "platform_id", "store_id"),
        Index("ix_store_addons_fulfilment", "fulfilment", "platform_id", "id"),
        Index(
            "uq_store_addons_domain_name",
            "domain_name",
            unique=True,
            sqlite_where=_HOLDS_ITS_NAME,
            postgresql_where=_HOLDS_ITS_NAME,
        ),
    )

    id: Mapped[PrimaryKey]
    merchant_id: Mapped[int] = mapped_column(ForeignKey("merchants.id"))
    platform_id: Mapped[int] = mapped_column(ForeignKey("platforms.id"))
    store_id: Mapped[int] = mapped_column(ForeignKey("stores.id"), index=True)
    addon_product_id: Mapped[int] = mapped_column(ForeignKey("addon_products.id"))
    status: Mapped[str]
    fulfilment: Mapped[str] = mapped_column(default=Fulfilment.WAITING)
    domain_name: Mapped[str | None]
    stripe_subscription_id: Mapped[str | None] = mapped_column(unique=True)
    stripe_price_id: Mapped[str | None]
    unit_amount_cents: Mapped[int] = mapped_column(default=0)
    currency: Mapped[str]
    arr_cents: Mapped[int] = mapped_column(default=0)
    period_start: Mapped[datetime | None]
    period_end: Mapped[datetime | None]
    purchased_at: Mapped[datetime]
    cancel_at: Mapped[datetime | None]
    cancelled_at: Mapped[datetime | None]
    stopped_with_plan: Mapped[bool] = mapped_column(default=False)
    pending_product_id: Mapped[int | None] = mapped_column(ForeignKey("addon_products.id"))
    pending_effective_at: Mapped[datetime | None]
    stripe_schedule_id: Mapped[str | None]
    past_due_since: Mapped[datetime | None]
    payment_retry_count: Mapped[int] = mapped_column(default=0)
    last_payment_error: Mapped[str | None]
    stripe_synced_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}
