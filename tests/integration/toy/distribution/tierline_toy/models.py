"""The module's one table."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from app.kit.models import Base, PrimaryKey


class ToyBell(Base):
    """One ring."""

    __tablename__ = "toy_bells"

    id: Mapped[PrimaryKey]
    text: Mapped[str]
    rung_at: Mapped[datetime] = mapped_column()
