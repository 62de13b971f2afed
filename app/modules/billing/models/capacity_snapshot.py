"""How large the platform was on a day."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Date, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.kit.models import Base, PrimaryKey


class CapacitySnapshot(Base):
    """One day of one platform, or of all of them with platform NULL (D33)."""

    __tablename__ = "capacity_snapshots"
    __table_args__ = (UniqueConstraint("day", "scope"),)

    id: Mapped[PrimaryKey]
    day: Mapped[date] = mapped_column(Date)
    scope: Mapped[str]
    platform_id: Mapped[int | None] = mapped_column(ForeignKey("platforms.id"), index=True)
    taken_at: Mapped[datetime]
    merchants: Mapped[int]
    stores: Mapped[int]
    active_clients: Mapped[int]
    subscriptions: Mapped[int]
    subscriptions_by_tier: Mapped[dict[str, Any]]
    subscriptions_by_status: Mapped[dict[str, Any]]
    products: Mapped[int]
    orders_30d: Mapped[int]
    team_members: Mapped[int]
    limits: Mapped[dict[str, Any]]
    storage_bytes: Mapped[int]
    storage_files: Mapped[int]
    database_bytes: Mapped[int]
    arr_cents: Mapped[int]
