"""Taking a file out of a store."""

from dataclasses import asdict

from sqlalchemy import delete

from app.contracts.tenants import StoreRef
from app.kit.db import UnitOfWork
from app.modules.media.exceptions import MediaInUse
from app.modules.media.models import MediaObject
from app.modules.media.models.figures import Amount
from app.modules.media.repositories.files import get_file, objects_of
from app.modules.media.services.file_uses import clear_uses, find_uses
from app.modules.media.services.forget_objects import forget_objects
from app.modules.media.services.storage_limit import add_amount


def delete_file(work: UnitOfWork, store: StoreRef, media_id: int, *, force: bool) -> None:
    """Delete a file with its objects and give its bytes back (D38).

    `force` deletes one in use too; what refers to it forgets it in the same transaction. The
    objects go after the commit: until then the file is whole. Raises MediaNotFound, MediaInUse.
    """
    file = get_file(work.session, store, media_id, to_delete=True)
    if not force:
        _refuse_used(work, media_id)
    clear_uses(work.session, media_id)
    keys = [one.key for one in objects_of(work.session, [media_id])[media_id]]
    work.session.execute(delete(MediaObject).where(MediaObject.media_id == media_id))
    work.session.delete(file)
    amount = Amount(1, len(keys), file.byte_size)
    add_amount(work, store, amount.taken_away(), folder=file.folder, kind=file.kind)
    work.after_commit(lambda: forget_objects(keys))


def _refuse_used(work: UnitOfWork, media_id: int) -> None:
    found = find_uses(work.session, media_id)
    if found.uses or not found.is_complete:
        raise MediaInUse(uses=[asdict(one) for one in found.uses], is_complete=found.is_complete)
