"""Pages of a store."""

from typing import Annotated

from fastapi import Depends
from starlette.requests import Request

from app.kit.db import unit_of_work
from app.kit.http.router import page_router
from app.kit.templating import render_page
from app.modules.tenancy.guards import StoreVisit, in_store_page
from app.modules.tenancy.permissions import ENTER_STORE, MANAGE_TEAM, VIEW_TEAM
from app.modules.tenancy.services.dashboard_figures import store_figures
from app.modules.tenancy.services.store_overview import store_overview

router = page_router("/store/{store_code}")


@router.get("")
def get_dashboard(
    request: Request, visit: Annotated[StoreVisit, Depends(in_store_page(ENTER_STORE))]
) -> str:
    """What matters today, and what the store is."""
    with unit_of_work(read_only=True) as work:
        overview = store_overview(work, visit.store)
        figures = store_figures(work, visit.store, visit.may)
    return render_page(
        request,
        "tenancy/store/dashboard.html",
        store=visit.store,
        role=visit.role,
        overview=overview,
        figures=figures,
    )


@router.get("/team")
def get_team(
    request: Request, visit: Annotated[StoreVisit, Depends(in_store_page(VIEW_TEAM))]
) -> str:
    """Who works here; owners invite, change and remove."""
    return render_page(
        request,
        "tenancy/store/team.html",
        may_manage=visit.may(MANAGE_TEAM),
    )
