"""A person's membership in a store."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.kit.models import Base, PrimaryKey


class MemberRole(StrEnum):
    """What a member may do in a store (D2)."""

    MANAGER = "manager"
    STAFF = "staff"


class MemberStatus(StrEnum):
    """Where a membership stands."""

    INVITED = "invited"
    ACTIVE = "active"
    REMOVED = "removed"


class StoreUser(Base):
    """One person in one store (D1). The invitation is a hashed token that ends after 14 days."""

    __tablename__ = "store_users"
    __table_args__ = (
        Index("uq_store_users_store_id_user_id", "store_id", "user_id", unique=True),
        Index("ix_store_users_merchant_platform", "merchant_id", "platform_id", "user_id"),
    )

    id: Mapped[PrimaryKey]
    merchant_id: Mapped[int] = mapped_column(ForeignKey("merchants.id"))
    platform_id: Mapped[int] = mapped_column(ForeignKey("platforms.id"))
    store_id: Mapped[int] = mapped_column(ForeignKey("stores.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    role: Mapped[str]
    status: Mapped[str]
    invited_by_user_id: Mapped[int | None]
    invitation_hash: Mapped[str | None] = mapped_column(unique=True)
    invitation_expires_at: Mapped[datetime | None]
    joined_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]

    __mapper_args__ = {"version_id_col": version}
