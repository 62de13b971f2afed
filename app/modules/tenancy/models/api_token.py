"""A program's key to the API."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.kit.models import Base, Json, PrimaryKey


class ApiToken(Base):
    """One bearer token, kept as a hash. It acts for a user, or for a platform's services."""

    __tablename__ = "api_tokens"

    id: Mapped[PrimaryKey]
    token_hash: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    hint: Mapped[str]
    user_id: Mapped[int | None] = mapped_column(
        ForeignKey("users.id", ondelete="CASCADE"), index=True
    )
    platform_id: Mapped[int | None] = mapped_column(ForeignKey("platforms.id"), index=True)
    created_by_user_id: Mapped[int | None]
    scopes: Mapped[list[Any]] = mapped_column(Json)
    created_at: Mapped[datetime]
    last_used_at: Mapped[datetime | None]
    expires_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]
