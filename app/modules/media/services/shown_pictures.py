"""How files of a store are shown."""

from collections.abc import Sequence

from app.contracts.tenants import StoreRef
from app.kit.db import UnitOfWork
from app.modules.media.models.shown import ShownFile, shown
from app.modules.media.repositories.files import files_by_id, objects_of


def pictures(work: UnitOfWork, store: StoreRef, media_ids: Sequence[int]) -> dict[int, ShownFile]:
    """Return how files of a store are shown, by two queries; those that are gone are left out."""
    files = files_by_id(work.session, store, media_ids)
    objects = objects_of(work.session, files)
    return {media_id: shown(file, objects[media_id]) for media_id, file in files.items()}
