"""The store's logo: choosing it among its pictures, and how pages show it."""

from typing import Any

from app.contracts.tenants import StoreRef
from app.kit.db import UnitOfWork, unit_of_work
from app.kit.errors import InvalidInput
from app.kit.http.context import request_context
from app.modules.media.repositories.files import hold_pictures
from app.modules.media.services.shown_pictures import pictures
from app.modules.tenancy.public import StoreVisit, find_store_logo, set_store_logo


def choose_logo(work: UnitOfWork, store: StoreRef, media_id: int | None) -> None:
    """Let a picture of the store be its logo; None: it has none. Raises InvalidInput."""
    if media_id is not None and not hold_pictures(work.session, store, [media_id]):
        raise InvalidInput.at("/media_id", "image_unknown")
    set_store_logo(work, store, media_id)


def logo_id(store: StoreRef) -> int | None:
    """Return the id of the file that is the store's logo; opens a unit of work of its own."""
    with unit_of_work(read_only=True) as work:
        return find_store_logo(work, store)


def visited_logo() -> dict[str, Any] | None:
    """Return the logo of the visited store; None where there is none.

    The page must not be rendered inside a unit of work.
    """
    visit = request_context().place
    if not isinstance(visit, StoreVisit):
        return None
    with unit_of_work(read_only=True) as work:
        media_id = find_store_logo(work, visit.store)
        found = pictures(work, visit.store, [media_id]) if media_id else {}
        return next(({"logo": one} for one in found.values()), None)
