"""A person with an account."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy.orm import Mapped, mapped_column

from app.kit.models import Base, PrimaryKey


class UserType(StrEnum):
    """What an account is for (D2)."""

    SUPER_ADMIN = "super_admin"
    PLATFORM_ADMIN = "platform_admin"
    MERCHANT_OWNER = "merchant_owner"
    MEMBER = "member"


class User(Base):
    """One account (D1). `email` is kept in lower case; no password yet means invited only."""

    __tablename__ = "users"

    id: Mapped[PrimaryKey]
    email: Mapped[str] = mapped_column(unique=True)
    email_verified_at: Mapped[datetime | None]
    display_name: Mapped[str] = mapped_column(default="")
    password_hash: Mapped[str | None]
    user_type: Mapped[str] = mapped_column(index=True)
    locale: Mapped[str] = mapped_column(default="en")
    is_active: Mapped[bool] = mapped_column(default=True)
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]

    __mapper_args__ = {"version_id_col": version}
