"""A media file of a store, and the objects in storage that it consists of."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.kit.models import Base, PrimaryKey


class MediaKind(StrEnum):
    """What a file is to people."""

    IMAGE = "image"
    ANIMATION = "animation"
    DOCUMENT = "document"


class Variant(StrEnum):
    """Which of a file's objects: the whole picture, 800 px or 200 px (D36)."""

    ORIGINAL = "original"
    MEDIUM = "medium"
    SMALL = "small"


class MediaFile(Base):
    """One file (D36); the same bytes are in a store once (D37).

    `content_hash` is of the bytes as they were sent, `byte_size` of all objects together. A file
    whose store is deleted has `deleted_at` and comes back with the store.
    """

    __tablename__ = "media_files"
    __table_args__ = (
        UniqueConstraint("merchant_id", "store_id", "content_hash"),
        Index("ix_media_files_created_at", "merchant_id", "store_id", "created_at", "id"),
        Index("ix_media_files_name", "merchant_id", "store_id", "name", "id"),
        Index("ix_media_files_folder", "merchant_id", "store_id", "folder", "created_at", "id"),
        Index("ix_media_files_platform", "platform_id", "merchant_id", "byte_size"),
    )

    id: Mapped[PrimaryKey]
    merchant_id: Mapped[int] = mapped_column(ForeignKey("merchants.id"))
    platform_id: Mapped[int] = mapped_column(ForeignKey("platforms.id"))
    store_id: Mapped[int] = mapped_column(ForeignKey("stores.id"))
    folder: Mapped[str] = mapped_column(default="")
    name: Mapped[str]
    kind: Mapped[str]
    content_hash: Mapped[str]
    byte_size: Mapped[int]
    created_at: Mapped[datetime]
    deleted_at: Mapped[datetime | None]


class MediaObject(Base):
    """One object in storage; a document has neither width nor height."""

    __tablename__ = "media_objects"
    __table_args__ = (UniqueConstraint("media_id", "variant"),)

    id: Mapped[PrimaryKey]
    media_id: Mapped[int] = mapped_column(ForeignKey("media_files.id"))
    variant: Mapped[str]
    key: Mapped[str] = mapped_column(unique=True)
    width: Mapped[int | None]
    height: Mapped[int | None]
    byte_size: Mapped[int]
