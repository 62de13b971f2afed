"""Figures of storage, written in the transactions that write the files (D37)."""

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.kit.models import Base, PrimaryKey


class MediaTotal(Base):
    """What a store has in one folder of one kind; `objects` counts variants too."""

    __tablename__ = "media_totals"
    __table_args__ = (
        UniqueConstraint("merchant_id", "store_id", "folder", "kind"),
        Index("ix_media_totals_platform", "platform_id", "store_id"),
    )

    id: Mapped[PrimaryKey]
    merchant_id: Mapped[int] = mapped_column(ForeignKey("merchants.id"))
    platform_id: Mapped[int] = mapped_column(ForeignKey("platforms.id"))
    store_id: Mapped[int] = mapped_column(ForeignKey("stores.id"))
    folder: Mapped[str]
    kind: Mapped[str]
    files: Mapped[int] = mapped_column(default=0)
    objects: Mapped[int] = mapped_column(default=0)
    byte_size: Mapped[int] = mapped_column(default=0)


class MediaSpace(Base):
    """All bytes of a merchant on a platform: whole megabytes of it are units of the limit (D38)."""

    __tablename__ = "media_spaces"
    __table_args__ = (UniqueConstraint("merchant_id", "platform_id"),)

    id: Mapped[PrimaryKey]
    merchant_id: Mapped[int] = mapped_column(ForeignKey("merchants.id"))
    platform_id: Mapped[int] = mapped_column(ForeignKey("platforms.id"))
    byte_size: Mapped[int] = mapped_column(default=0)
