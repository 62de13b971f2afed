"""Pages of owners: their stores, platforms and people."""

from typing import Annotated, Any

from fastapi import Depends
from starlette.requests import Request

from app.kit.db import unit_of_work
from app.kit.http.router import page_router
from app.kit.templating import render_page
from app.modules.tenancy.guards import MerchantVisit, at_merchant
from app.modules.tenancy.permissions import VIEW_MERCHANT
from app.modules.tenancy.repositories.merchant_platforms import merchant_platforms
from app.modules.tenancy.services.dashboard_figures import merchant_figures

router = page_router("/merchant")
Owner = Annotated[MerchantVisit, Depends(at_merchant(VIEW_MERCHANT))]


@router.get("")
def get_overview(request: Request, visit: Owner) -> str:
    """Plans, platforms and stores at a glance."""
    with unit_of_work(read_only=True) as work:
        figures = merchant_figures(work, visit.merchant_id, visit.may)
    return render_page(
        request, "tenancy/merchant/overview.html", merchant=_told(visit), figures=figures
    )


@router.get("/stores")
def get_stores(request: Request, visit: Owner) -> str:
    """The stores, and opening another one."""
    with unit_of_work(read_only=True) as work:
        platforms = merchant_platforms(work.session, visit.merchant_id)
    return render_page(
        request, "tenancy/merchant/stores.html", merchant=_told(visit), platforms=platforms
    )


@router.get("/team")
def get_team(request: Request, _visit: Owner) -> str:
    """Who works in the stores."""
    return render_page(request, "tenancy/merchant/team.html")


def _told(visit: MerchantVisit) -> dict[str, Any]:
    return {"id": visit.merchant_id, "name": visit.merchant_name, "query": visit.query}
