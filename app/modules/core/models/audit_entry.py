"""Who did what, when, to which thing."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from app.kit.models import Base, PrimaryKey


class AuditEntry(Base):
    """One write by an admin, or one money action by an owner (D28); never changed or deleted.

    `actor` is an id (`user:7`), not a name; `before` and `after` hold changed fields, personal
    ones masked. Of people who are erased, mentions are blotted out.
    """

    __tablename__ = "audit_entries"
    __table_args__ = (
        Index("ix_audit_entries_target", "target_type", "target_id"),
        Index("ix_audit_entries_platform", "platform_id", "id"),
        Index("ix_audit_entries_merchant", "merchant_id", "id"),
    )

    id: Mapped[PrimaryKey]
    at: Mapped[datetime] = mapped_column(index=True)
    actor: Mapped[str]
    action: Mapped[str]
    target_type: Mapped[str]
    target_id: Mapped[int]
    platform_id: Mapped[int | None]
    merchant_id: Mapped[int | None]
    before: Mapped[dict[str, Any] | None]
    after: Mapped[dict[str, Any] | None]
    request_id: Mapped[str | None]
