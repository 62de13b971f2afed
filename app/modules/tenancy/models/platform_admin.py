"""Which platforms a platform admin looks after."""

from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.kit.models import Base, Json, PrimaryKey


class PlatformAdmin(Base):
    """One admin on one platform, with the permissions that are held by grant alone (D2)."""

    __tablename__ = "platform_admins"
    __table_args__ = (UniqueConstraint("user_id", "platform_id"),)

    id: Mapped[PrimaryKey]
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    platform_id: Mapped[int] = mapped_column(ForeignKey("platforms.id"), index=True)
    granted: Mapped[list[Any]] = mapped_column(Json, default=list)
