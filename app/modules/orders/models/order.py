"""An order: what somebody bought in a store."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.kit.models import Base, Json, PrimaryKey


class OrderStatus(StrEnum):
    """Where an order stands."""

    NEW = "new"
    PAID = "paid"
    SHIPPED = "shipped"
    CANCELLED = "cancelled"


class OrderSource(StrEnum):
    """Who wrote an order down: somebody of the store, or a shop or marketplace (D17)."""

    MANUAL = "manual"
    INBOUND = "inbound"


class Order(Base):
    """One order (D14); it counts in the month of `created_at`, whatever becomes of it.

    Money is in minor units of the platform's currency. `external_id` is the sender's name for an
    inbound order. `accepted_while_restricted` came in although no subscription ran (D17).
    """

    __tablename__ = "orders"
    __table_args__ = (
        Index("uq_orders_merchant_id_number", "merchant_id", "store_id", "number", unique=True),
        Index(
            "uq_orders_merchant_id_external_id",
            "merchant_id",
            "store_id",
            "external_id",
            unique=True,
        ),
        Index("ix_orders_merchant_platform", "merchant_id", "platform_id", "created_at"),
        Index("ix_orders_created_at", "merchant_id", "store_id", "created_at", "id"),
        Index("ix_orders_total", "merchant_id", "store_id", "total_cents", "id"),
        Index("ix_orders_customer", "merchant_id", "store_id", "customer_name", "id"),
    )

    id: Mapped[PrimaryKey]
    merchant_id: Mapped[int] = mapped_column(ForeignKey("merchants.id"))
    platform_id: Mapped[int] = mapped_column(ForeignKey("platforms.id"))
    store_id: Mapped[int] = mapped_column(ForeignKey("stores.id"))
    number: Mapped[int]
    source: Mapped[str]
    external_id: Mapped[str | None]
    customer_name: Mapped[str]
    customer_email: Mapped[str]
    lines: Mapped[list[Any]] = mapped_column(Json)
    total_cents: Mapped[int]
    currency: Mapped[str]
    status: Mapped[str] = mapped_column(default=OrderStatus.NEW)
    accepted_while_restricted: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]

    __mapper_args__ = {"version_id_col": version}
