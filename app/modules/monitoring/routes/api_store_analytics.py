"""What happened in a store, day by day."""

from typing import Annotated

from fastapi import Depends, Query

from app.kit.http.router import api_router
from app.kit.i18n import translate
from app.modules.monitoring.permissions import VIEW_ANALYTICS
from app.modules.monitoring.schemas.store_analytics import (
    LimitOutlookOut,
    LimitOutlooksOut,
    StoreAnalyticsOut,
    StoreSeriesOut,
)
from app.modules.monitoring.services.store_analytics import store_analytics, store_limits
from app.modules.tenancy.public import StoreVisit, in_store

router = api_router("/store/analytics", "Store analytics")
Reader = Annotated[StoreVisit, Depends(in_store(VIEW_ANALYTICS))]


@router.get("")
def get_analytics(
    visit: Reader,
    days: Annotated[int, Query(ge=7, le=365)] = 30,
) -> StoreAnalyticsOut:
    """Orders, sales and new products a day; more than 30 days need `analytics_dashboard`."""
    found = store_analytics(visit.store, days=days)
    return StoreAnalyticsOut(
        currency=visit.store.currency,
        days=list(found.days),
        series=[
            StoreSeriesOut(
                code=one.series.code,
                name=translate(one.series.label_key),
                unit=one.series.unit,
                total=sum(one.series.values),
                values=list(one.series.values),
                expected=list(one.expected.values),
                accuracy=one.expected.accuracy,
            )
            for one in found.series
        ],
    )


@router.get("/limits")
def get_limits(visit: Reader) -> LimitOutlooksOut:
    """When each limit of the plan is reached at the present pace; needs `revenue_forecast`."""
    found = store_limits(visit.store)
    return LimitOutlooksOut(
        until=found.until,
        limits=[
            LimitOutlookOut(
                feature_code=one.declaration.code,
                name=translate(one.declaration.usage_name_key or one.declaration.name_key),
                current=one.current,
                limit=one.limit,
                limit_reached_on=one.limit_reached_on,
                insufficient_data=one.insufficient_data,
                accuracy=one.accuracy,
            )
            for one in found.limits
        ],
    )
