"""What an owner reads of the merchant's subscriptions and invoices, over all platforms."""

from typing import Annotated

from fastapi import Depends
from starlette.responses import RedirectResponse

from app.contracts.tenants import Owner
from app.kit.db import unit_of_work
from app.kit.http.fields import Id
from app.kit.http.paging import PageOut, Paging
from app.kit.http.router import api_router
from app.kit.i18n import translate
from app.modules.billing.models import MerchantSubscription
from app.modules.billing.permissions import VIEW_BILLING
from app.modules.billing.repositories import billing_history
from app.modules.billing.routes.feature_answers import metric_out
from app.modules.billing.routes.invoice_answers import merchant_invoice_outs
from app.modules.billing.routes.plan_answers import plan_out
from app.modules.billing.routes.platform_answers import platform_briefs
from app.modules.billing.schemas.merchant_plans import (
    DetailedPlanOut,
    DetailedTierOut,
    EffectiveLimitOut,
    MerchantInvoiceOut,
    MerchantPlanDetailOut,
    MerchantPlanOut,
)
from app.modules.billing.schemas.platforms import PlatformBrief
from app.modules.billing.services.current_plan import (
    CurrentPlan,
    current_plan,
    plans_of_merchant,
)
from app.modules.billing.services.feature_service import FeatureAggregatorService
from app.modules.billing.services.feature_summary import FeatureSummary
from app.modules.billing.services.invoices import get_merchant_pdf_link
from app.modules.billing.services.subscription_service import SubscriptionService
from app.modules.billing.services.usage_service import UsageService
from app.modules.billing.settings import billing_settings
from app.modules.tenancy.public import MerchantVisit, at_merchant

router = api_router("/merchant", "Merchant")
Reader = Annotated[MerchantVisit, Depends(at_merchant(VIEW_BILLING))]


@router.get("/subscriptions")
def get_subscriptions(reader: Reader, paging: Paging) -> PageOut[MerchantPlanOut]:
    """The merchant's subscriptions, by platform."""
    with unit_of_work(read_only=True) as work:
        page = plans_of_merchant(work, reader.merchant_id, paging)
        held = [(one.subscription, one) for one in page.items if one.subscription is not None]
        briefs = platform_briefs(work, [one.platform_id for one, _ in held])
        outs = iter([_plan_out(one, plan, briefs[one.platform_id]) for one, plan in held])
        return PageOut[MerchantPlanOut].of(page.map(lambda _plan: next(outs)))


@router.get("/subscriptions/{platform_id}")
def get_subscription(platform_id: Id, reader: Reader) -> MerchantPlanDetailOut:
    """One subscription with what the merchant really has by it, and how much is used."""
    owner = Owner(reader.merchant_id, platform_id)
    with unit_of_work(read_only=True) as work:
        held = SubscriptionService().get_subscription(work, owner)
        plan = current_plan(work, owner)
        told = _plan_out(held, plan, platform_briefs(work, [platform_id])[platform_id])
    limits = [
        _limit_out(one) for one in FeatureAggregatorService().get_summaries(owner) if one.enabled
    ]
    tier = told.tier and DetailedTierOut(**dict(told.tier), feature_limits=limits)
    return MerchantPlanDetailOut(
        subscription=DetailedPlanOut(**{**dict(told), "tier": tier}),
        usage=[metric_out(one) for one in UsageService().get_metrics(owner)],
    )


@router.get("/invoices")
def get_invoices(reader: Reader, paging: Paging) -> PageOut[MerchantInvoiceOut]:
    """The merchant's invoices on all platforms, newest first; sort: invoice_date."""
    with unit_of_work(read_only=True) as work:
        page = billing_history.list_of_merchant(work.session, reader.merchant_id, paging)
        shown = iter(merchant_invoice_outs(work, page.items))
        return PageOut[MerchantInvoiceOut].of(page.map(lambda _one: next(shown)))


@router.get("/invoices/{invoice_id}/pdf", status_code=303, response_class=RedirectResponse)
def get_invoice_pdf(invoice_id: Id, reader: Reader) -> str:
    """Lead to the document of an invoice, by a link made for this click."""
    return get_merchant_pdf_link(reader.merchant_id, invoice_id)


def _plan_out(
    held: MerchantSubscription, plan: CurrentPlan, platform: PlatformBrief
) -> MerchantPlanOut:
    told = plan_out(plan, payments_configured=billing_settings().payments_configured)
    return MerchantPlanOut(**dict(told), id=held.id, platform=platform)


def _limit_out(summary: FeatureSummary) -> EffectiveLimitOut:
    return EffectiveLimitOut(
        feature_code=summary.code,
        name=translate(summary.name_key),
        feature_type=summary.feature_type,
        limit_value=summary.limit,
        scope=summary.scope,
    )
