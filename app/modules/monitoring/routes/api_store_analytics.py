"""What happened in a store, day by day."""

from typing import Annotated

from fastapi import Depends, Query

from app.kit.http.router import api_router
from app.kit.i18n import translate
from app.modules.monitoring.permissions import VIEW_ANALYTICS
from app.modules.monitoring.schemas.store_analytics import StoreAnalyticsOut, StoreSeriesOut
from app.modules.monitoring.services.store_analytics import store_analytics
from app.modules.tenancy.public import StoreVisit, in_store

router = api_router("/store/analytics", "Store analytics")


@router.get("")
def get_analytics(
    visit: Annotated[StoreVisit, Depends(in_store(VIEW_ANALYTICS))],
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
                expected=list(one.expected),
            )
            for one in found.series
        ],
    )
