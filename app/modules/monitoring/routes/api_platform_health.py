"""How the platform is and how it grows, for operators."""

from typing import Annotated

from fastapi import Depends, Query

from app.contracts.tenants import AdminScope
from app.kit.db import unit_of_work
from app.kit.http.router import api_router
from app.modules.billing.public import CapacityMetric, capacity_forecast_service
from app.modules.monitoring.permissions import TAKE_SNAPSHOT, VIEW_HEALTH
from app.modules.monitoring.routes.health_answers import capacity_out, health_out, outlook_out
from app.modules.monitoring.routes.what_if_answer import scenario_of, what_if_out
from app.modules.monitoring.schemas.health import (
    CapacityOut,
    HealthOut,
    OutlookOut,
    RecommendationOut,
    SnapshotOut,
    SubscriptionCapacityOut,
    TrendsOut,
)
from app.modules.monitoring.schemas.what_if import WhatIfIn, WhatIfOut
from app.modules.monitoring.services.platform_health_service import platform_health_service
from app.modules.tenancy.public import AdminVisit, as_admin

router = api_router("/admin/platform-health", "Admin: platform health")
Viewer = Annotated[AdminVisit, Depends(as_admin(VIEW_HEALTH))]
Days = Annotated[int, Query(ge=1, le=365)]


def scope_of(visit: Viewer, platform_id: int | None = None) -> AdminScope:
    """Dependency: the reader's platforms, or one of them."""
    return visit.scope.narrowed(platform_id)


Scope = Annotated[AdminScope, Depends(scope_of)]


@router.get("/health")
def get_health(scope: Scope) -> HealthOut:
    """Host, database, storage, jobs, webhooks, Stripe, and what needs care."""
    report = platform_health_service.get_health_report()
    with unit_of_work(read_only=True) as work:
        return health_out(
            report,
            machinery=platform_health_service.get_machinery(work.session),
            standing=platform_health_service.get_capacity(work.session, scope=scope),
            recommendations=capacity_forecast_service.get_scaling_recommendations(
                work.session, scope=scope
            ),
        )


@router.get("/capacity")
def get_capacity(scope: Scope) -> CapacityOut:
    """How much there is of everything."""
    with unit_of_work(read_only=True) as work:
        return capacity_out(platform_health_service.get_capacity(work.session, scope=scope))


@router.get("/subscription-capacity")
def get_subscription_capacity(scope: Scope) -> SubscriptionCapacityOut:
    """What live subscriptions allow, and what of it is used (D32)."""
    with unit_of_work(read_only=True) as work:
        found = platform_health_service.get_subscription_capacity(work.session, scope=scope)
    return SubscriptionCapacityOut.model_validate(found)


@router.get("/trends")
def get_trends(scope: Scope, days: Days = 30) -> TrendsOut:
    """Growth over some days, and what is expected (D34)."""
    with unit_of_work(read_only=True) as work:
        found = capacity_forecast_service.get_growth_trends(work.session, days, scope=scope)
    return TrendsOut.model_validate(found)


@router.get("/trends/{metric}")
def get_outlook(scope: Scope, metric: CapacityMetric, days: Days = 90) -> OutlookOut:
    """One metric day by day, with its forecast."""
    with unit_of_work(read_only=True) as work:
        return outlook_out(
            capacity_forecast_service.get_outlook(work.session, metric, days, scope=scope)
        )


@router.get("/recommendations")
def get_recommendations(scope: Scope) -> list[RecommendationOut]:
    """What needs care, the most severe first (D35)."""
    with unit_of_work(read_only=True) as work:
        found = capacity_forecast_service.get_scaling_recommendations(work.session, scope=scope)
    return [RecommendationOut.model_validate(one) for one in found]


@router.post("/what-if")
def post_what_if(scope: Scope, body: WhatIfIn) -> WhatIfOut:
    """What would change if plans, or those who have them, changed; nothing is written."""
    with unit_of_work(read_only=True) as work:
        return what_if_out(capacity_forecast_service.what_if(work, scenario_of(body), scope=scope))


@router.post("/snapshot", dependencies=[Depends(as_admin(TAKE_SNAPSHOT))])
def post_snapshot() -> SnapshotOut:
    """Take the day's snapshot now; one of the same day is updated (D33)."""
    return SnapshotOut.model_validate(capacity_forecast_service.capture_snapshot())
