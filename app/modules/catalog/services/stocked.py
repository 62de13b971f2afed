"""How many products there are, for the store's first page."""

from typing import Any

from app.kit.db import unit_of_work
from app.kit.http.context import request_context
from app.modules.catalog.repositories.figures import assortment
from app.modules.tenancy.public import StoreVisit


def stocked() -> dict[str, Any] | None:
    """Return the assortment of the visited store; None outside stores.

    The page must not be rendered inside a unit of work.
    """
    visit = request_context().place
    if not isinstance(visit, StoreVisit):
        return None
    with unit_of_work(read_only=True) as work:
        return {"assortment": assortment(work.session, visit.store)}
