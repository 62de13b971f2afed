"""The page of a store's plan."""

from typing import Annotated

from fastapi import Depends
from starlette.requests import Request

from app.kit.http.router import page_router
from app.kit.templating import render_page
from app.modules.billing.permissions import VIEW_BILLING
from app.modules.tenancy.public import StoreVisit, in_store_page

router = page_router("/store/{store_code}")


@router.get("/billing")
def get_billing(
    request: Request, _visit: Annotated[StoreVisit, Depends(in_store_page(VIEW_BILLING))]
) -> str:
    """Plan, usage and the tiers there are."""
    return render_page(request, "billing/store/billing.html")
