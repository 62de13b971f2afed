"""Buying a plan, coming back from it, and the way to Stripe's own page."""

from typing import Annotated

from fastapi import Path, Query

from app.kit.http.idempotency import idempotent
from app.kit.http.router import api_router
from app.modules.billing.routes.spending import Spender
from app.modules.billing.schemas.money import (
    CheckoutOut,
    CheckoutStateOut,
    PlanWishIn,
    PortalOut,
)
from app.modules.billing.services.billing_service import BillingService

router = api_router("/store/billing", "Store: billing")
SessionId = Annotated[str, Path(max_length=200)]
Sync = Annotated[bool, Query(description="Ask Stripe where it does not show here yet.")]


@router.post("/checkout")
@idempotent
def post_checkout(body: PlanWishIn, buyer: Spender) -> CheckoutOut:
    """Begin to buy a plan; an open checkout for the same one is found again."""
    started = BillingService().start_checkout(
        buyer, tier_code=body.tier_code, is_annual=body.is_annual
    )
    return CheckoutOut(checkout_url=started.checkout_url, session_id=started.session_id)


@router.get("/checkout/{checkout_session_id}")
def get_checkout(
    checkout_session_id: SessionId, buyer: Spender, sync: Sync = False
) -> CheckoutStateOut:
    """How far one of the merchant's checkouts has come."""
    state = BillingService().get_checkout(buyer.owner, checkout_session_id, sync=sync)
    return CheckoutStateOut(
        state=state.status, purpose=state.purpose, is_reflected=state.is_reflected
    )


@router.post("/portal")
def post_portal(buyer: Spender) -> PortalOut:
    """The way to card, details and documents at Stripe; made for this click and never stored."""
    return PortalOut(portal_url=BillingService().open_portal(buyer))
