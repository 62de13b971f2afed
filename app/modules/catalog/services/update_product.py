"""Changing a product."""

from typing import Any

from app.contracts.tenants import StoreRef
from app.kit.clocks import business_now
from app.kit.db import UnitOfWork
from app.kit.http.etags import check_version
from app.modules.catalog.exceptions import SkuTaken
from app.modules.catalog.models import Product
from app.modules.catalog.repositories.images import write_images
from app.modules.catalog.repositories.products import get_product
from app.modules.catalog.services.product_draft import refuse_other_currency, refuse_wrong_images


def update_product(
    work: UnitOfWork,
    store: StoreRef,
    product_id: int,
    *,
    changes: dict[str, Any],
    expected: int | None,
) -> Product:
    """Change what `changes` names.

    Raises ProductNotFound, PreconditionFailed, InvalidInput, SkuTaken.
    """
    product = get_product(work.session, store, product_id)
    check_version(product.version, expected)
    refuse_other_currency(store, changes.get("currency"))
    refuse_wrong_images(work, store, changes.get("image_media_ids", ()))
    changed = {name: value for name, value in changes.items() if getattr(product, name) != value}
    if changed:
        with work.conflicts({"products.merchant_id": SkuTaken}):
            for name, value in changed.items():
                setattr(product, name, value)
            product.updated_at = business_now()
    if "image_media_ids" in changed:
        write_images(work.session, product)
    return product
