"""What a store reads of its merchant's plan: plan, tiers, usage, features."""

from typing import Annotated

from fastapi import Depends, Path, Query
from pydantic import TypeAdapter
from starlette.requests import Request
from starlette.responses import Response

from app.kit.db import unit_of_work
from app.kit.http.router import api_router
from app.modules.billing.permissions import VIEW_BILLING, VIEW_FEATURES, VIEW_USAGE
from app.modules.billing.routes.feature_answers import (
    metric_out,
    part_out,
    summary_out,
    tagged,
    tier_out,
)
from app.modules.billing.routes.plan_answers import plan_out
from app.modules.billing.schemas.features import (
    FeatureAnswerOut,
    FeatureSummaryOut,
    UsageMetricOut,
)
from app.modules.billing.schemas.plans import CurrentPlanOut
from app.modules.billing.schemas.tiers import ChangeOut, OfferedTierOut
from app.modules.billing.services.feature_answer import answer_feature
from app.modules.billing.services.feature_service import FeatureAggregatorService
from app.modules.billing.services.subscription_service import SubscriptionService
from app.modules.billing.services.usage_service import UsageService
from app.modules.billing.settings import billing_settings
from app.modules.tenancy.public import StoreVisit, in_store

router = api_router("/store/billing", "Store: billing")
Reader = Annotated[StoreVisit, Depends(in_store(VIEW_BILLING))]
UsageReader = Annotated[StoreVisit, Depends(in_store(VIEW_USAGE))]
FeatureReader = Annotated[StoreVisit, Depends(in_store(VIEW_FEATURES))]
_summaries = TypeAdapter(list[FeatureSummaryOut])


@router.get("/subscription")
def get_subscription(reader: Reader) -> CurrentPlanOut:
    """The plan of the store's merchant on this platform; also without one."""
    with unit_of_work(read_only=True) as work:
        plan = SubscriptionService().get_current_plan(work, reader.store.owner)
        return plan_out(plan, payments_configured=billing_settings().payments_configured)


@router.get("/tiers")
def get_tiers(reader: Reader) -> list[OfferedTierOut]:
    """The tiers to choose from and the current one, by display order."""
    with unit_of_work(read_only=True) as work:
        return [
            OfferedTierOut(
                **dict(tier_out(one.tier, one.limits)),
                is_current=one.is_current,
                change=ChangeOut(monthly=one.monthly, annual=one.annual),
            )
            for one in SubscriptionService().get_offered_tiers(work, reader.store.owner)
        ]


@router.get("/usage")
def get_usage(reader: UsageReader) -> list[UsageMetricOut]:
    """The meters of the merchant over all its stores on this platform."""
    return [metric_out(one) for one in UsageService().get_metrics(reader.store.owner)]


@router.get("/features", response_model=list[FeatureSummaryOut])
def get_features(request: Request, reader: FeatureReader) -> Response:
    """Every feature, binary ones too; the entity tag changes with the content."""
    summaries = FeatureAggregatorService().get_summaries(reader.store.owner)
    return tagged(request, _summaries.dump_json([summary_out(one) for one in summaries]))


@router.get("/features/{feature_code}", response_model_exclude_unset=True)
def get_feature(
    feature_code: Annotated[str, Path(max_length=80)],
    reader: FeatureReader,
    explain: Annotated[bool, Query(description="Add everything that led to it.")] = False,
) -> FeatureAnswerOut:
    """Whether one more unit, or the feature, is allowed now, and which tier would help."""
    answered = answer_feature(reader.store.owner, feature_code)
    return FeatureAnswerOut.of(
        answered.answer,
        offer=answered.offer,
        as_of=answered.as_of,
        parts=[part_out(one) for one in answered.parts] if explain else None,
    )
