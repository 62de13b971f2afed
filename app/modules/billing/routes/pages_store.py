"""The pages of a store's plan and of its outbound webhooks."""

from typing import Annotated

from fastapi import Depends
from starlette.requests import Request

from app.kit.http.router import page_router
from app.kit.templating import render_page
from app.modules.billing.models import OutboundEvent
from app.modules.billing.permissions import MANAGE_WEBHOOKS, VIEW_BILLING
from app.modules.billing.services.webhooks_out.endpoints import has_webhooks
from app.modules.tenancy.public import StoreVisit, in_store_page

router = page_router("/store/{store_code}")


@router.get("/billing")
def get_billing(
    request: Request, _visit: Annotated[StoreVisit, Depends(in_store_page(VIEW_BILLING))]
) -> str:
    """Plan, usage and the tiers there are."""
    return render_page(request, "billing/store/billing.html")


@router.get("/webhooks")
def get_webhooks(
    request: Request, visit: Annotated[StoreVisit, Depends(in_store_page(MANAGE_WEBHOOKS))]
) -> str:
    """Where the store's own systems are told of events."""
    return render_page(
        request,
        "billing/store/webhooks.html",
        events=[event.value for event in OutboundEvent],
        in_plan=has_webhooks(visit.store),
        billing_href=f"/store/{visit.store.code}/billing",
    )
