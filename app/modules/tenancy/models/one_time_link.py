"""Links in mails that work once."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.kit.models import Base, PrimaryKey


class LinkPurpose(StrEnum):
    """What following the link does."""

    RESET_PASSWORD = "reset_password"  # noqa: S105 - the name of a purpose
    VERIFY_EMAIL = "verify_email"


class OneTimeLink(Base):
    """One link; only a hash of its token is kept."""

    __tablename__ = "one_time_links"

    id: Mapped[PrimaryKey]
    token_hash: Mapped[str] = mapped_column(unique=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    purpose: Mapped[str]
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime] = mapped_column(index=True)
    used_at: Mapped[datetime | None]
