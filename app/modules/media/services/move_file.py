"""Giving a file another name or folder."""

from app.contracts.tenants import StoreRef
from app.kit.db import UnitOfWork
from app.modules.media.models import MediaFile
from app.modules.media.models.figures import Amount
from app.modules.media.repositories.files import get_file, objects_of
from app.modules.media.repositories.totals import add_to_total


def move_file(
    work: UnitOfWork, store: StoreRef, media_id: int, *, name: str | None, folder: str | None
) -> MediaFile:
    """Change what is given; addresses stay, since they do not know names. Raises MediaNotFound."""
    file = get_file(work.session, store, media_id)
    before = file.folder
    file.name = file.name if name is None else name
    file.folder = before if folder is None else folder
    work.session.flush()
    if file.folder != before:
        amount = Amount(1, len(objects_of(work.session, [media_id])[media_id]), file.byte_size)
        moved = sorted([(before, amount.taken_away()), (file.folder, amount)])
        for place, change in moved:  # always in the same order: two moves never block each other
            add_to_total(work.session, store, change, folder=place, kind=file.kind)
    return file
