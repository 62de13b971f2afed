"""A product: what a store sells."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.kit.models import Base, Json, PrimaryKey


class Product(Base):
    """One product (D14); it counts until it is deleted, whether it is on sale or not.

    `price_cents` is in minor units of the platform's currency. One that went with its store is
    `deleted_with_store` and comes back with it.
    """

    __tablename__ = "products"

    id: Mapped[PrimaryKey]
    merchant_id: Mapped[int] = mapped_column(ForeignKey("merchants.id"))
    platform_id: Mapped[int] = mapped_column(ForeignKey("platforms.id"))
    store_id: Mapped[int] = mapped_column(ForeignKey("stores.id"))
    name: Mapped[str]
    sku: Mapped[str]
    description: Mapped[str] = mapped_column(default="")
    price_cents: Mapped[int]
    currency: Mapped[str]
    is_active: Mapped[bool] = mapped_column(default=True)
    image_media_ids: Mapped[list[Any]] = mapped_column(Json, default=list)
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    deleted_at: Mapped[datetime | None]
    deleted_with_store: Mapped[bool] = mapped_column(default=False)

    __mapper_args__ = {"version_id_col": version}


def _index(name: str, *columns: str, where: ColumnElement[bool], unique: bool = False) -> Index:
    """An index that begins with the tenant and holds only some of the rows."""
    parts = [getattr(Product, column) for column in ("merchant_id", *columns)]
    return Index(name, *parts, unique=unique, sqlite_where=where, postgresql_where=where)


_stands = Product.deleted_at.is_(None)
_index("uq_products_merchant_id_store_id_sku", "store_id", "sku", where=_stands, unique=True)
_index("ix_products_platform", "platform_id", where=_stands)
_index("ix_products_name", "store_id", "name", "id", where=_stands)
_index("ix_products_price", "store_id", "price_cents", "id", where=_stands)
_index("ix_products_created_at", "store_id", "created_at", "id", where=_stands)
_index("ix_products_deleted", "store_id", "deleted_at", "id", where=Product.deleted_at.is_not(None))
