"""Something a store can buy beside its plan."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.kit.models import Base, PrimaryKey


class AddOnProduct(Base):
    """One add-on of one platform (D29); `grants` maps feature codes to an amount or true (D10)."""

    __tablename__ = "addon_products"
    __table_args__ = (UniqueConstraint("platform_id", "code"),)

    id: Mapped[PrimaryKey]
    platform_id: Mapped[int] = mapped_column(ForeignKey("platforms.id"))
    code: Mapped[str]
    name_i18n: Mapped[dict[str, Any]]
    description_i18n: Mapped[dict[str, Any]] = mapped_column(default=dict)
    category: Mapped[str]
    price_cents: Mapped[int]
    currency: Mapped[str]
    billing_period: Mapped[str]
    quantity: Mapped[int] = mapped_column(default=1)
    grants: Mapped[dict[str, Any]] = mapped_column(default=dict)
    stripe_product_id: Mapped[str | None]
    stripe_price_id: Mapped[str | None]
    display_order: Mapped[int] = mapped_column(default=0)
    is_active: Mapped[bool] = mapped_column(default=True)
    shipped: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]

    __mapper_args__ = {"version_id_col": version}
