"""Answers that tell of subscriptions."""

from app.modules.billing.models import SubscriptionTier
from app.modules.billing.routes.feature_answers import metric_out
from app.modules.billing.schemas.plans import (
    CurrentPlanOut,
    PendingChangeOut,
    PlanTierOut,
    StorePlanOut,
    StoreSubscriptionOut,
    StoreTierOut,
)
from app.modules.billing.services.current_plan import CurrentPlan, PendingChange
from app.modules.billing.services.decline import decline_text
from app.modules.billing.services.feature_summary import UsageMetric
from app.modules.billing.services.offers import localized


def plan_out(plan: CurrentPlan, *, payments_configured: bool) -> CurrentPlanOut:
    """Return the answer for the plan of a merchant."""
    one = plan.subscription
    return CurrentPlanOut(
        tier=None if plan.tier is None else _tier_out(plan.tier),
        status=plan.status,
        access=plan.access,
        billing_source=None if one is None else one.billing_source,
        is_annual=one is not None and one.is_annual,
        is_trial=plan.is_trial,
        trial_ends_at=None if one is None else one.trial_ends_at,
        period_start=None if one is None else one.period_start,
        period_end=None if one is None else one.period_end,
        next_billing_at=plan.next_billing_at,
        cancel_at=None if one is None else one.cancel_at,
        pending_change=None if plan.pending is None else pending_out(plan.pending),
        has_payment_method=one is not None and one.has_payment_method,
        payment_retry_count=0 if one is None else one.payment_retry_count,
        last_payment_error=None if one is None else decline_text(one.last_payment_error),
        payments_configured=payments_configured,
    )


def store_plan_out(plan: CurrentPlan, metrics: list[UsageMetric]) -> StorePlanOut:
    """Return what the convenience endpoint tells of a store; nulls and `[]` without a plan."""
    if plan.subscription is None or plan.tier is None:
        return StorePlanOut(subscription=None, tier=None, features=[])
    return StorePlanOut(
        subscription=StoreSubscriptionOut(
            tier=plan.tier.code,
            status=plan.status,
            period_start=plan.subscription.period_start,
            period_end=plan.subscription.period_end,
        ),
        tier=StoreTierOut(
            code=plan.tier.code,
            name=localized(plan.tier.name_i18n, plan.tier.code),
            price_monthly_cents=plan.tier.price_monthly_cents,
        ),
        features=[metric_out(one) for one in metrics],
    )


def _tier_out(tier: SubscriptionTier) -> PlanTierOut:
    return PlanTierOut(
        code=tier.code,
        name=localized(tier.name_i18n, tier.code),
        price_monthly_cents=tier.price_monthly_cents,
        price_annual_cents=tier.price_annual_cents,
        currency=tier.currency,
    )


def pending_out(pending: PendingChange) -> PendingChangeOut:
    """Return the answer for a change that was scheduled."""
    return PendingChangeOut(
        tier_code=pending.tier_code,
        is_annual=pending.is_annual,
        effective_at=pending.effective_at,
    )
