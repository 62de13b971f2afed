"""Tables of this module."""

from app.modules.catalog.models.product import Product

__all__ = ["Product"]
