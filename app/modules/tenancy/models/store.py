"""A store: where a merchant sells, on exactly one platform."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.kit.models import Base, BigInt, PrimaryKey


class Store(Base):
    """One shop (D1). A deleted one keeps its row, code and history."""

    __tablename__ = "stores"
    __table_args__ = (
        Index("ix_stores_merchant_platform", "merchant_id", "platform_id"),
        Index("ix_stores_platform", "platform_id", "id"),
    )

    id: Mapped[PrimaryKey]
    code: Mapped[str] = mapped_column(unique=True)
    subdomain: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str] = mapped_column(index=True)
    merchant_id: Mapped[int] = mapped_column(ForeignKey("merchants.id"))
    platform_id: Mapped[int] = mapped_column(ForeignKey("platforms.id"))
    logo_media_id: Mapped[int | None] = mapped_column(BigInt, index=True)
    is_active: Mapped[bool] = mapped_column(default=True)
    deleted_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]

    __mapper_args__ = {"version_id_col": version}
