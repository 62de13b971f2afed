"""A merchant: the company that subscribes and pays."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.kit.models import Base, PrimaryKey


class Merchant(Base):
    """One company (D1); its owner may do everything in its stores."""

    __tablename__ = "merchants"

    id: Mapped[PrimaryKey]
    name: Mapped[str] = mapped_column(index=True)
    owner_user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    contact_email: Mapped[str]
    contact_phone: Mapped[str | None]
    address_line: Mapped[str | None]
    postal_code: Mapped[str | None]
    city: Mapped[str | None]
    country: Mapped[str] = mapped_column(default="LU")
    vat_number: Mapped[str | None] = mapped_column(index=True)
    is_active: Mapped[bool] = mapped_column(default=True)
    is_verified: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]

    __mapper_args__ = {"version_id_col": version}
