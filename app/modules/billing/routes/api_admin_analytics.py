"""Revenue, its movements and its future, for operators (D27)."""

from typing import Annotated

from fastapi import Query

from app.kit.db import unit_of_work
from app.kit.http.router import api_router
from app.kit.money import per_month
from app.modules.billing.repositories.revenue_rows import Movement
from app.modules.billing.routes.operating import Reader
from app.modules.billing.schemas.analytics import (
    AccuracyOut,
    AnalyticsOut,
    CohortOut,
    ExpectedMonthOut,
    RevenueMonthOut,
)
from app.modules.billing.services.admin_subscription_service import AdminSubscriptionService
from app.modules.billing.services.figures import statistics
from app.modules.billing.services.revenue.movements import RevenueMonth

router = api_router("/admin/subscriptions", "Admin: subscriptions")


@router.get("/analytics")
def get_analytics(
    reader: Reader,
    platform_id: int | None = None,
    months: Annotated[int, Query(ge=2, le=36)] = 12,
) -> AnalyticsOut:
    """Movements of revenue, churn, cohorts and what is expected, for the last months."""
    scope = reader.scope.narrowed(platform_id)
    with unit_of_work(read_only=True) as work:
        found = AdminSubscriptionService().analytics(work, scope, months=months)
    totals = found.totals
    return AnalyticsOut(
        currency=statistics.CURRENCY,
        mrr_cents=statistics.mrr_cents(totals),
        arr_cents=totals.arr_cents,
        paying=totals.paying,
        arpu_cents=statistics.arpu_cents(totals),
        ltv_cents=statistics.lifetime_value_cents(totals),
        churn_rate_30d=statistics.churn_rate(totals),
        trial_conversion_rate=statistics.trial_conversion_rate(totals),
        months=[_month_out(one) for one in found.months],
        cohorts=[
            CohortOut(month=one.month, size=one.size, retention=one.retention)
            for one in found.cohorts
        ],
        expected=[ExpectedMonthOut.model_validate(one) for one in found.expected],
        accuracy=None if found.accuracy is None else AccuracyOut.model_validate(found.accuracy),
    )


def _month_out(one: RevenueMonth) -> RevenueMonthOut:
    return RevenueMonthOut(
        month=one.month,
        opening_arr_cents=one.opening_arr_cents,
        new_arr_cents=one.arr_cents[Movement.NEW],
        expansion_arr_cents=one.arr_cents[Movement.EXPANSION],
        contraction_arr_cents=one.arr_cents[Movement.CONTRACTION],
        churn_arr_cents=one.arr_cents[Movement.CHURN],
        reactivation_arr_cents=one.arr_cents[Movement.REACTIVATION],
        closing_arr_cents=one.closing_arr_cents,
        closing_mrr_cents=per_month(one.closing_arr_cents),
        paying=one.paying_at_end,
        began=one.subscriptions[Movement.NEW] + one.subscriptions[Movement.REACTIVATION],
        ended=one.subscriptions[Movement.CHURN],
        logo_churn=one.logo_churn,
        revenue_churn=one.revenue_churn,
    )
