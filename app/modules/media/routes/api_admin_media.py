"""Storage of all stores, for operators."""

from typing import Annotated

from fastapi import Depends

from app.kit.db import unit_of_work
from app.kit.http.fields import Id
from app.kit.http.paging import PageOut, Paging
from app.kit.http.router import api_router
from app.modules.media.permissions import VIEW_STORAGE
from app.modules.media.repositories import figures
from app.modules.media.schemas.figures import AllFiguresOut, FiguresOut, StoreStorageOut
from app.modules.tenancy.public import (
    AdminVisit,
    as_admin,
    get_store_ref,
    merchant_names,
    store_names,
)

router = api_router("/admin/media", "Admin media")
Viewing = Annotated[AdminVisit, Depends(as_admin(VIEW_STORAGE))]


@router.get("/stats")
def get_figures(visit: Viewing) -> AllFiguresOut:
    """What is stored on the platforms in scope."""
    with unit_of_work(read_only=True) as work:
        return AllFiguresOut.of(figures.figures_in_scope(work.session, visit.scope))


@router.get("/stores")
def get_stores(visit: Viewing, paging: Paging) -> PageOut[StoreStorageOut]:
    """The stores that have files; sorts: size, files."""
    with unit_of_work(read_only=True) as work:
        page = figures.list_stores(work.session, visit.scope, paging)
        stores = store_names(work, [one.store_id for one in page.items])
        merchants = merchant_names(work, [one.merchant_id for one in page.items])
        return PageOut[StoreStorageOut].of(
            page.map(lambda one: StoreStorageOut.of(one, stores=stores, merchants=merchants))
        )


@router.get("/stores/{store_id}")
def get_store_figures(store_id: Id, visit: Viewing) -> FiguresOut:
    """What one store has stored, by kind and folder."""
    with unit_of_work(read_only=True) as work:
        store = get_store_ref(work, visit.scope, store_id)
        return FiguresOut.of(figures.figures_of_store(work.session, store))
