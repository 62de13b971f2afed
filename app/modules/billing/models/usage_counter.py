"""How much of a limit is used."""

from datetime import datetime

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from app.kit.models import Base, UtcDateTime


class UsageCounter(Base):
    """Units used by one merchant on one platform within one window (D16).

    Written in the same transaction as what it counts. A feature that never resets has the window
    that begins with the epoch.
    """

    __tablename__ = "usage_counters"
    __table_args__ = (Index("ix_usage_counters_window_start", "window_start"),)

    merchant_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    platform_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    feature_code: Mapped[str] = mapped_column(primary_key=True)
    window_start: Mapped[datetime] = mapped_column(UtcDateTime, primary_key=True)
    used: Mapped[int]
