"""How large the platform was on a day."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Date, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.kit.models import Base, PrimaryKey

ALL_PLATFORMS = "all"


def scope_name(platform_id: int | None) -> str:
    """Return what a platform's rows are found by; NULL would be unlike itself to an index."""
    return ALL_PLATFORMS if platform_id is None else f"platform:{platform_id}"


class CapacitySnapshot(Base):
    """One day of one platform, or of all of them with platform NULL (D33).

    `limits` holds, by feature code, what plans allow and what of it is used (D32);
    `subscriptions` counts the live ones. Bytes, and cents of annual revenue.
    """

    __tablename__ = "capacity_snapshots"
    __table_args__ = (UniqueConstraint("scope", "day"),)

    id: Mapped[PrimaryKey]
    day: Mapped[date] = mapped_column(Date)
    scope: Mapped[str]
    platform_id: Mapped[int | None] = mapped_column(ForeignKey("platforms.id"), index=True)
    taken_at: Mapped[datetime]
    merchants: Mapped[int] = mapped_column(default=0)
    stores: Mapped[int] = mapped_column(default=0)
    active_clients: Mapped[int] = mapped_column(default=0)
    subscriptions: Mapped[int] = mapped_column(default=0)
    subscriptions_by_tier: Mapped[dict[str, Any]] = mapped_column(default=dict)
    subscriptions_by_status: Mapped[dict[str, Any]] = mapped_column(default=dict)
    products: Mapped[int] = mapped_column(default=0)
    orders_30d: Mapped[int] = mapped_column(default=0)
    team_members: Mapped[int] = mapped_column(default=0)
    limits: Mapped[dict[str, Any]] = mapped_column(default=dict)
    storage_bytes: Mapped[int] = mapped_column(default=0)
    storage_files: Mapped[int] = mapped_column(default=0)
    database_bytes: Mapped[int] = mapped_column(default=0)
    arr_cents: Mapped[int] = mapped_column(default=0)
