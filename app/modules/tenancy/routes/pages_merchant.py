"""Pages of owners: their stores, platforms and people."""

from typing import Annotated

from fastapi import Depends
from starlette.requests import Request

from app.kit.db import unit_of_work
from app.kit.http.router import page_router
from app.kit.templating import render_page
from app.modules.tenancy.guards import MerchantVisit, at_merchant
from app.modules.tenancy.permissions import VIEW_MERCHANT
from app.modules.tenancy.repositories.merchant_platforms import merchant_platforms

router = page_router("/merchant")
Owner = Annotated[MerchantVisit, Depends(at_merchant(VIEW_MERCHANT))]


@router.get("")
def get_overview(request: Request, visit: Owner) -> str:
    """Platforms and stores at a glance."""
    return _page(request, visit, "overview")


@router.get("/stores")
def get_stores(request: Request, visit: Owner) -> str:
    """The stores, and opening another one."""
    return _page(request, visit, "stores")


@router.get("/team")
def get_team(request: Request, visit: Owner) -> str:
    """Who works in the stores."""
    return _page(request, visit, "team")


def _page(request: Request, visit: MerchantVisit, name: str) -> str:
    with unit_of_work(read_only=True) as work:
        platforms = merchant_platforms(work.session, visit.merchant_id)
    return render_page(
        request,
        f"tenancy/merchant/{name}.html",
        merchant={"id": visit.merchant_id, "name": visit.merchant_name, "query": visit.query},
        platforms=platforms,
    )
