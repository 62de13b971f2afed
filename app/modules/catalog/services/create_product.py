"""Adding one product."""

from app.contracts.features import gate
from app.contracts.tenants import StoreRef
from app.kit.clocks import business_now
from app.kit.db import UnitOfWork
from app.kit.quick_insert import insert_row
from app.modules.catalog.exceptions import SkuTaken
from app.modules.catalog.models import Product
from app.modules.catalog.repositories.images import write_images
from app.modules.catalog.services.product_draft import (
    MAX_PRODUCTS,
    ProductDraft,
    columns_of,
    refuse_wrong_images,
)


def create_product(work: UnitOfWork, store: StoreRef, *, draft: ProductDraft) -> Product:
    """Add a product to a store and take one unit of its merchant's `max_products` (D16).

    Raises InvalidInput, SkuTaken, and what the gate refuses with.
    """
    refuse_wrong_images(work, store, draft.image_media_ids)
    columns = columns_of(store, draft, at=business_now())
    with work.conflicts({"products.merchant_id": SkuTaken}):
        product = insert_row(work.session, Product, columns)
    if draft.image_media_ids:
        write_images(work.session, product)
    gate().reserve(work, store.owner, {MAX_PRODUCTS: 1})  # last: it keeps the counter locked
    return product
