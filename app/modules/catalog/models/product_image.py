"""Which media files products show, to be asked by file."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.kit.models import Base


class ProductImage(Base):
    """One picture of one product; `position` 0 is its main picture.

    `Product.image_media_ids` says the same in one row for reading products; both are written
    together.
    """

    __tablename__ = "product_images"

    product_id: Mapped[int] = mapped_column(ForeignKey("products.id"), primary_key=True)
    media_id: Mapped[int] = mapped_column(
        ForeignKey("media_files.id"), primary_key=True, index=True
    )
    position: Mapped[int]
