"""Pages of owners: their plans on all platforms, and the invoices of all of them."""

from typing import Annotated, Any

from fastapi import Depends
from starlette.requests import Request

from app.contracts.tenants import Owner
from app.kit.db import unit_of_work
from app.kit.http.fields import Id
from app.kit.http.router import page_router
from app.kit.i18n import translate
from app.kit.templating import render_page
from app.modules.billing.permissions import VIEW_BILLING
from app.modules.billing.services.subscription_service import SubscriptionService
from app.modules.tenancy.public import (
    MerchantVisit,
    at_merchant,
    find_first_store,
    platform_refs,
)

router = page_router("/merchant")
Reader = Annotated[MerchantVisit, Depends(at_merchant(VIEW_BILLING))]


@router.get("/subscriptions")
def get_subscriptions(request: Request, reader: Reader) -> str:
    """The plans, a row a platform."""
    return render_page(
        request, "billing/merchant/subscriptions.html", merchant={"query": reader.query}
    )


@router.get("/subscriptions/{platform_id}")
def get_subscription(request: Request, platform_id: Id, reader: Reader) -> str:
    """One plan with everything it holds."""
    owner = Owner(reader.merchant_id, platform_id)
    with unit_of_work(read_only=True) as work:
        SubscriptionService().get_subscription(work, owner)
        name = platform_refs(work, [platform_id])[platform_id].name
        store = find_first_store(work, owner)
    crumbs: list[dict[str, Any]] = [
        {
            "label": translate("billing.own.title"),
            "href": f"/merchant/subscriptions{reader.query}",
        },
        {"label": name, "href": None},
    ]
    return render_page(
        request,
        "billing/merchant/subscription-detail.html",
        merchant={"id": reader.merchant_id, "platform_id": platform_id},
        platform=name,
        billing=None if store is None else f"/store/{store.code}/billing",
        breadcrumbs=crumbs,
    )


@router.get("/invoices")
def get_invoices(request: Request, _reader: Reader) -> str:
    """The invoices of all platforms."""
    return render_page(request, "billing/merchant/invoices.html")
