"""Which thresholds of a limit somebody was told of."""

from datetime import datetime

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from app.kit.models import Base, UtcDateTime


class UsageAlert(Base):
    """One threshold, in percent, of one limit in one window; written when it was told (D13).

    A limit that changes has thresholds of its own, so a larger plan is told of anew.
    """

    __tablename__ = "usage_alerts"
    __table_args__ = (Index("ix_usage_alerts_window_start", "window_start"),)

    merchant_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    platform_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    feature_code: Mapped[str] = mapped_column(primary_key=True)
    window_start: Mapped[datetime] = mapped_column(UtcDateTime, primary_key=True)
    limit_value: Mapped[int] = mapped_column(primary_key=True)
    threshold: Mapped[int] = mapped_column(primary_key=True)
    told_at: Mapped[datetime]
