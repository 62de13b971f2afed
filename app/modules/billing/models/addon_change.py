"""How the revenue of add-ons became what it is."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.kit.models import Base, PrimaryKey


class AddOnChange(Base):
    """One change of what an add-on brings in a year, written with it (D27); never altered.

    Amounts are net and exact, in minor units; what is not running brings 0.
    """

    __tablename__ = "addon_changes"
    __table_args__ = (Index("ix_addon_changes_platform_at", "platform_id", "at"),)

    id: Mapped[PrimaryKey]
    store_addon_id: Mapped[int] = mapped_column(ForeignKey("store_addons.id"), index=True)
    platform_id: Mapped[int]
    at: Mapped[datetime]
    arr_cents_before: Mapped[int]
    arr_cents_after: Mapped[int]
