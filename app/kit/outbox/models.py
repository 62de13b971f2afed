"""The table of messages that leave after their transaction is on disk; free of tenants."""

from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.kit.models import Base, PrimaryKey

MessageStatus = Literal["waiting", "sending", "delivered", "dead"]


class OutboxRow(Base):
    """One message. All its times are system time.

    `attempts` counts claims and fences them, as with job runs. A delivered message keeps its
    `dedupe_key` but not its payload, which may hold secrets of links.
    """

    __tablename__ = "outbox_messages"
    __table_args__ = (
        UniqueConstraint("kind", "dedupe_key"),
        Index("ix_outbox_messages_status_available_at", "status", "available_at"),
    )

    id: Mapped[PrimaryKey]
    kind: Mapped[str] = mapped_column(String(100))
    payload: Mapped[dict[str, Any]]
    dedupe_key: Mapped[str | None] = mapped_column(String(200))
    status: Mapped[MessageStatus] = mapped_column(String(10))
    available_at: Mapped[datetime]
    attempts: Mapped[int] = mapped_column(default=0)
    lease_until: Mapped[datetime | None]
    error: Mapped[str | None] = mapped_column(String(2000))
    created_at: Mapped[datetime]
    delivered_at: Mapped[datetime | None]
