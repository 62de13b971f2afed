"""Products go and come back with their store (D14)."""

from app.contracts.features import gate
from app.contracts.tenants import StoreRef
from app.kit.clocks import business_now
from app.kit.db import UnitOfWork
from app.modules.catalog.repositories import whole_store
from app.modules.catalog.services.product_draft import MAX_PRODUCTS


class ProductsFollowStore:
    """Implements `StoreDeletedHook` and `StoreRestoredHook`."""

    def store_deleted(self, work: UnitOfWork, store: StoreRef) -> None:
        """Delete the store's products and give their units back."""
        gone = whole_store.delete_with_store(work.session, store, at=business_now())
        if gone:
            gate().release(work, store.owner, {MAX_PRODUCTS: gone})

    def store_restored(self, work: UnitOfWork, store: StoreRef) -> None:
        """Bring back what went with the store and take the units again.

        Raises what the gate refuses with.
        """
        back = whole_store.restore_with_store(work.session, store, at=business_now())
        if back:
            gate().reserve(work, store.owner, {MAX_PRODUCTS: back})
