"""A signed-in browser."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.kit.models import Base, PrimaryKey


class UserSession(Base):
    """One browser of one person; only a hash of its cookie is kept. Deleting it signs out.

    With `viewing_merchant_id` an admin looks at that merchant as its owner does.
    """

    __tablename__ = "user_sessions"

    id: Mapped[PrimaryKey]
    token_hash: Mapped[str] = mapped_column(unique=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    created_at: Mapped[datetime]
    last_seen_at: Mapped[datetime]
    expires_at: Mapped[datetime] = mapped_column(index=True)
    address: Mapped[str] = mapped_column(default="")
    user_agent: Mapped[str] = mapped_column(default="")
    viewing_merchant_id: Mapped[int | None] = mapped_column(ForeignKey("merchants.id"))
