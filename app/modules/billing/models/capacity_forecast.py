"""Where a figure is going."""

from datetime import date
from typing import Any

from sqlalchemy import Date, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.kit.models import Base, PrimaryKey


class CapacityForecast(Base):
    """The newest forecast of one figure of one scope, made with the snapshot of `day` (D34).

    `steps` are lists by the name of the line: mean, low and high of 80 and 95 %, a number a day.
    """

    __tablename__ = "capacity_forecasts"
    __table_args__ = (UniqueConstraint("scope", "metric"),)

    id: Mapped[PrimaryKey]
    scope: Mapped[str]
    metric: Mapped[str]
    day: Mapped[date] = mapped_column(Date)
    steps: Mapped[dict[str, Any]]
    accuracy: Mapped[dict[str, Any] | None]
