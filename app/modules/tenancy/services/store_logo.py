"""The logo of a store: a media file, known here by its id alone (D1)."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.contracts.media import MediaUsage
from app.contracts.tenants import StoreRef
from app.kit.db import UnitOfWork
from app.modules.tenancy.models import Store


class StoreLogoUsage:
    """Implements `MediaUsageProviderProtocol` (D38)."""

    def get_media_usage(self, db: Session, media_id: int) -> Sequence[MediaUsage]:
        """Return the store whose logo a file is."""
        return [MediaUsage("store", one.id, one.name, "logo") for one in _with_logo(db, media_id)]

    def clear_media_usage(self, db: Session, media_id: int) -> int:
        """Leave the store without a logo."""
        stores = _with_logo(db, media_id)
        for store in stores:
            store.logo_media_id = None
        db.flush()
        return len(stores)


def set_store_logo(work: UnitOfWork, store: StoreRef, media_id: int | None) -> None:
    """Give a store a logo, which the caller has found among its files; None takes it away."""
    work.session.get_one(Store, store.id).logo_media_id = media_id
    work.session.flush()


def find_store_logo(work: UnitOfWork, store: StoreRef) -> int | None:
    """Return the media id of a store's logo; None: it has none."""
    return work.session.scalar(select(Store.logo_media_id).where(Store.id == store.id))


def _with_logo(db: Session, media_id: int) -> Sequence[Store]:
    return db.scalars(select(Store).where(Store.logo_media_id == media_id)).all()
