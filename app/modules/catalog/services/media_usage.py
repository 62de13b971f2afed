"""Tells the media library which products show a file, and lets them forget it (D38)."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from app.contracts.media import MediaUsage
from app.kit.clocks import business_now
from app.modules.catalog.repositories import images


class ProductMediaUsage:
    """Implements `MediaUsageProviderProtocol`."""

    def get_media_usage(self, db: Session, media_id: int) -> Sequence[MediaUsage]:
        """Return the products that show a file; those in the bin do not keep it from going."""
        return [
            MediaUsage("product", product_id, name, "gallery" if position else "main_image")
            for product_id, name, position in images.standing_products_showing(db, media_id)
        ]

    def clear_media_usage(self, db: Session, media_id: int) -> int:
        """Take a file out of every product, also of those in the bin; the next one moves up."""
        products = images.products_showing(db, media_id)
        for product in products:
            product.image_media_ids = [one for one in product.image_media_ids if one != media_id]
            product.updated_at = business_now()
            images.write_images(db, product)
        db.flush()
        return len(products)
