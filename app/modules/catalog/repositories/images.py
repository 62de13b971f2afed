"""Which products show which pictures."""

from collections.abc import Sequence

from sqlalchemy import Row, delete, insert, select
from sqlalchemy.orm import Session

from app.modules.catalog.models import Product, ProductImage


def write_images(session: Session, product: Product) -> None:
    """Let the rows say what the product's list says."""
    session.execute(delete(ProductImage).where(ProductImage.product_id == product.id))
    rows = [
        {"product_id": product.id, "media_id": media_id, "position": position}
        for position, media_id in enumerate(product.image_media_ids)
    ]
    if rows:
        session.execute(insert(ProductImage), rows)


def products_showing(session: Session, media_id: int) -> Sequence[Product]:
    """Return all products that show a picture, deleted ones too."""
    rows = select(Product).join(ProductImage).where(ProductImage.media_id == media_id)
    return session.scalars(rows.order_by(Product.id)).all()


def standing_products_showing(session: Session, media_id: int) -> Sequence[Row[int, str, int]]:
    """Return id, name and the picture's position of the products that are not deleted."""
    rows = (
        select(Product.id, Product.name, ProductImage.position)
        .join(ProductImage, ProductImage.product_id == Product.id)
        .where(ProductImage.media_id == media_id, Product.deleted_at.is_(None))
        .order_by(Product.id)
    )
    return session.execute(rows).all()
