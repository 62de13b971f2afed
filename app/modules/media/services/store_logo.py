"""Making a picture the store's logo."""

from app.contracts.tenants import StoreRef
from app.kit.db import UnitOfWork
from app.kit.errors import InvalidInput
from app.modules.media.repositories.files import hold_pictures
from app.modules.tenancy.public import set_store_logo


def choose_logo(work: UnitOfWork, store: StoreRef, media_id: int | None) -> None:
    """Let a picture of the store be its logo; None: it has none. Raises InvalidInput."""
    if media_id is not None and not hold_pictures(work.session, store, [media_id]):
        raise InvalidInput.at("/media_id", "image_unknown")
    set_store_logo(work, store, media_id)
