"""Taking a product out of the store."""

from app.contracts.features import gate
from app.contracts.tenants import StoreRef
from app.kit.clocks import business_now
from app.kit.db import UnitOfWork
from app.kit.http.etags import check_version
from app.modules.catalog.repositories.products import get_product
from app.modules.catalog.services.product_draft import MAX_PRODUCTS


def delete_product(
    work: UnitOfWork, store: StoreRef, product_id: int, *, expected: int | None
) -> None:
    """Delete a product so that it can be restored, and give its unit back (D14).

    Raises ProductNotFound, PreconditionFailed.
    """
    product = get_product(work.session, store, product_id)
    check_version(product.version, expected)
    now = business_now()
    product.deleted_at = now
    product.updated_at = now
    work.session.flush()
    gate().release(work, store.owner, {MAX_PRODUCTS: 1})
