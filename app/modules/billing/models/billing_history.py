"""Invoices and what became of them."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.kit.models import Base, Json, PrimaryKey


class BillingHistory(Base):
    """One invoice as it was billed (D28), merged along an order that only rises; never deleted.

    Amounts in minor units of `currency`. `tax_by_rate` lists rate and cents. The invoices of an
    add-on have its store and its own subscription.
    """

    __tablename__ = "billing_history"
    __table_args__ = (
        Index("ix_billing_history_merchant", "merchant_id", "platform_id", "invoice_date"),
    )

    id: Mapped[PrimaryKey]
    stripe_invoice_id: Mapped[str | None] = mapped_column(unique=True)
    merchant_id: Mapped[int] = mapped_column(ForeignKey("merchants.id"))
    platform_id: Mapped[int] = mapped_column(ForeignKey("platforms.id"))
    store_id: Mapped[int | None] = mapped_column(ForeignKey("stores.id"))
    stripe_subscription_id: Mapped[str | None] = mapped_column(index=True)
    invoice_number: Mapped[str | None]
    invoice_date: Mapped[datetime]
    due_date: Mapped[datetime | None]
    subtotal_cents: Mapped[int]
    tax_cents: Mapped[int] = mapped_column(default=0)
    tax_by_rate: Mapped[list[Any]] = mapped_column(Json, default=list)
    reverse_charge: Mapped[bool] = mapped_column(default=False)
    total_cents: Mapped[int]
    amount_paid_cents: Mapped[int] = mapped_column(default=0)
    refunded_cents: Mapped[int] = mapped_column(default=0)
    disputed_at: Mapped[datetime | None]
    currency: Mapped[str]
    status: Mapped[str]
    attempt_count: Mapped[int] = mapped_column(default=0)
    next_attempt_at: Mapped[datetime | None]
    buyer_name: Mapped[str | None]
    buyer_address: Mapped[dict[str, Any] | None]
    buyer_vat_id: Mapped[str | None]
    lines: Mapped[list[Any]] = mapped_column(Json, default=list)
    created_at: Mapped[datetime]
