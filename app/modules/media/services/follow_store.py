"""Files go and come back with their store; meanwhile they take no space of the limit."""

from sqlalchemy import update

from app.contracts.tenants import StoreRef
from app.kit.clocks import business_now
from app.kit.db import UnitOfWork
from app.modules.media.models import MediaFile
from app.modules.media.repositories.recount import counted_totals, whole, write_totals
from app.modules.media.services.storage_limit import settle_space


class FilesFollowStore:
    """Implements `StoreDeletedHook` and `StoreRestoredHook`."""

    def store_deleted(self, work: UnitOfWork, store: StoreRef) -> None:
        """Put the store's files away and give their bytes back; the objects stay in storage."""
        gone = whole(counted_totals(work.session, store)).byte_size
        _mark(work, store, deleted=True)
        write_totals(work.session, store, {})
        if gone:
            settle_space(work, store.owner, -gone)

    def store_restored(self, work: UnitOfWork, store: StoreRef) -> None:
        """Bring the files back and take their bytes again. Raises what the gate refuses with."""
        _mark(work, store, deleted=False)
        totals = counted_totals(work.session, store)
        write_totals(work.session, store, totals)
        back = whole(totals).byte_size
        if back:
            settle_space(work, store.owner, back)


def _mark(work: UnitOfWork, store: StoreRef, *, deleted: bool) -> None:
    work.session.execute(
        update(MediaFile)
        .where(MediaFile.merchant_id == store.owner.merchant_id, MediaFile.store_id == store.id)
        .values(deleted_at=business_now() if deleted else None)
        .execution_options(synchronize_session=False)
    )
