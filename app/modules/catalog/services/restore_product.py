"""Bringing a deleted product back."""

from app.contracts.features import gate
from app.contracts.tenants import StoreRef
from app.kit.clocks import business_now
from app.kit.db import UnitOfWork
from app.modules.catalog.exceptions import SkuTaken
from app.modules.catalog.models import Product
from app.modules.catalog.repositories.products import get_product
from app.modules.catalog.services.product_draft import MAX_PRODUCTS


def restore_product(work: UnitOfWork, store: StoreRef, product_id: int) -> Product:
    """Bring a product back and take its unit again; one that stands stays as it is (D14).

    Raises ProductNotFound, SkuTaken, and what the gate refuses with.
    """
    product = get_product(work.session, store, product_id, deleted_too=True)
    if product.deleted_at is None:
        return product
    with work.conflicts({"products.merchant_id": SkuTaken}):
        product.deleted_at = None
        product.updated_at = business_now()
    gate().reserve(work, store.owner, {MAX_PRODUCTS: 1})
    return product
