"""Changing, ending and resuming a plan (D21, D23)."""

from fastapi import Response

from app.contracts.tenants import Owner
from app.kit.db import unit_of_work
from app.kit.http.idempotency import idempotent
from app.kit.http.router import api_router
from app.modules.billing.routes.money_answers import changed_out, preview_out
from app.modules.billing.routes.plan_answers import pending_out, plan_out
from app.modules.billing.routes.spending import Spender
from app.modules.billing.schemas.money import (
    CancelIn,
    CancelledOut,
    ChangedOut,
    ChangeIn,
    ChangePreviewOut,
    PlanWishIn,
)
from app.modules.billing.schemas.plans import CurrentPlanOut
from app.modules.billing.services.billing_service import BillingService
from app.modules.billing.services.change_tier import ChangeStatus
from app.modules.billing.services.subscription_service import SubscriptionService
from app.modules.billing.settings import billing_settings

router = api_router("/store/billing", "Store: billing")


@router.post("/change-tier/preview")
def post_change_preview(body: PlanWishIn, buyer: Spender) -> ChangePreviewOut:
    """What another tier or interval would cost and take away; nothing is changed."""
    return preview_out(
        BillingService().preview_change(
            buyer.owner, tier_code=body.tier_code, is_annual=body.is_annual
        )
    )


@router.post("/change-tier")
@idempotent
def post_change(body: ChangeIn, buyer: Spender, response: Response) -> ChangedOut:
    """Change tier or interval: up at once, down with the next period; 202 while unpaid."""
    changed = BillingService().change_tier(
        buyer,
        tier_code=body.tier_code,
        is_annual=body.is_annual,
        proration_date=body.proration_date,
    )
    if changed.status is ChangeStatus.PAYMENT_PENDING:
        response.status_code = 202
    return changed_out(changed)


@router.delete("/change-tier")
def delete_change(buyer: Spender) -> CurrentPlanOut:
    """Take a scheduled change back."""
    BillingService().withdraw_change(buyer)
    return _plan(buyer.owner)


@router.post("/cancel")
@idempotent
def post_cancel(body: CancelIn, buyer: Spender) -> CancelledOut:
    """End the plan with its paid period, or at once without a refund."""
    cancelled = BillingService().cancel(buyer, reason=body.reason, immediately=body.immediately)
    return CancelledOut(
        ends_at=cancelled.ends_at,
        dropped_change=None if cancelled.dropped is None else pending_out(cancelled.dropped),
        subscription=_plan(buyer.owner),
    )


@router.post("/reactivate")
@idempotent
def post_reactivate(buyer: Spender) -> CurrentPlanOut:
    """Take a scheduled end back."""
    BillingService().reactivate(buyer)
    return _plan(buyer.owner)


def _plan(owner: Owner) -> CurrentPlanOut:
    with unit_of_work(read_only=True) as work:
        plan = SubscriptionService().get_current_plan(work, owner)
        return plan_out(plan, payments_configured=billing_settings().payments_configured)
