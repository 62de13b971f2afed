"""A platform: the operator's offer to merchants, with its own currency and tiers."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from app.kit.models import Base, PrimaryKey


class Platform(Base):
    """One offer (D1); all money on it is in one currency (D0)."""

    __tablename__ = "platforms"

    id: Mapped[PrimaryKey]
    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    timezone: Mapped[str] = mapped_column(default="Europe/Luxembourg")
    currency: Mapped[str] = mapped_column(default="EUR")
    is_active: Mapped[bool] = mapped_column(default=True)
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]

    __mapper_args__ = {"version_id_col": version}
