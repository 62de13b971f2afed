"""What an operator has to look at."""

from datetime import datetime
from typing import Any

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.kit.models import Base, PrimaryKey


class OperatorAlert(Base):
    """Something that no code can put right; told once for each `kind` and `key`."""

    __tablename__ = "operator_alerts"
    __table_args__ = (UniqueConstraint("kind", "key"),)

    id: Mapped[PrimaryKey]
    kind: Mapped[str]
    key: Mapped[str]
    platform_id: Mapped[int | None] = mapped_column(index=True)
    merchant_id: Mapped[int | None] = mapped_column(index=True)
    details: Mapped[dict[str, Any]]
    created_at: Mapped[datetime]
    resolved_at: Mapped[datetime | None]
