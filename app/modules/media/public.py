"""What other modules may use of media."""

from collections.abc import Sequence

from app.contracts.tenants import AdminScope, StoreRef
from app.kit.db import UnitOfWork
from app.modules.media.models.figures import StorageFigures
from app.modules.media.models.shown import ShownFile
from app.modules.media.repositories.figures import figures_in_scope, figures_of_store
from app.modules.media.repositories.files import hold_pictures, ids_by_name
from app.modules.media.services.shown_pictures import pictures
from app.modules.media.services.verify_storage import StorageReport, verify_storage

__all__ = [
    "ShownFile",
    "StorageFigures",
    "StorageReport",
    "known_pictures",
    "media_ids_by_name",
    "pictures",
    "storage_figures",
    "store_storage_figures",
    "verify_storage",
]


def known_pictures(work: UnitOfWork, store: StoreRef, media_ids: Sequence[int]) -> set[int]:
    """Return those of some files that are pictures of the store, to refer to them.

    Nobody deletes them until the end of the unit of work.
    """
    return hold_pictures(work.session, store, media_ids)


def media_ids_by_name(work: UnitOfWork, store: StoreRef) -> dict[str, int]:
    """Return a store's files by name, for demo data that shows them."""
    return ids_by_name(work.session, store)


def storage_figures(work: UnitOfWork, scope: AdminScope) -> StorageFigures:
    """Return files and bytes on the platforms in scope, for dashboards and forecasts."""
    return figures_in_scope(work.session, scope)


def store_storage_figures(work: UnitOfWork, store: StoreRef) -> StorageFigures:
    """Return files and bytes of one store."""
    return figures_of_store(work.session, store)
