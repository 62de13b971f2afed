"""Tables of this module."""

from app.modules.catalog.models.product import Product
from app.modules.catalog.models.product_image import ProductImage

__all__ = ["Product", "ProductImage"]
