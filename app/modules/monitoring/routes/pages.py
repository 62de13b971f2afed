"""Pages of health, capacity and analytics; what they show comes from the API."""

from typing import Annotated

from fastapi import Depends
from starlette.requests import Request

from app.kit.db import unit_of_work
from app.kit.http.router import page_router
from app.kit.i18n import translate
from app.kit.templating import render_page
from app.modules.billing.public import CapacityMetric, PlannedFeature, tier_names
from app.modules.monitoring.permissions import TAKE_SNAPSHOT, VIEW_ANALYTICS, VIEW_HEALTH
from app.modules.monitoring.services.forecast_offer import forecast_offer
from app.modules.tenancy.public import (
    AdminVisit,
    StoreVisit,
    as_admin,
    in_store_page,
    platforms_in_scope,
)

router = page_router()
Viewer = Annotated[AdminVisit, Depends(as_admin(VIEW_HEALTH))]


@router.get("/admin/platform-health", dependencies=[Depends(as_admin(VIEW_HEALTH))])
def get_health(request: Request) -> str:
    """Host, parts, size and what needs care."""
    return render_page(request, "monitoring/admin/platform-health.html")


@router.get("/admin/platform-health/capacity")
def get_capacity(request: Request, visit: Viewer) -> str:
    """What is used of what was sold, and where it is going."""
    return render_page(
        request,
        "monitoring/admin/capacity.html",
        metrics=list(CapacityMetric),
        platforms=_platforms(visit),
        tiers=_tiers(visit),
        planned_features=list(PlannedFeature),
        may_capture=visit.identity.may(TAKE_SNAPSHOT),
        breadcrumbs=[
            {"label": translate("monitoring.health.title"), "href": "/admin/platform-health"},
            {"label": translate("monitoring.capacity.title"), "href": None},
        ],
    )


@router.get("/admin/analytics")
def get_analytics(request: Request, visit: Viewer) -> str:
    """Revenue, its movements, and who stays."""
    return render_page(request, "monitoring/admin/analytics.html", platforms=_platforms(visit))


@router.get("/store/{store_code}/analytics")
def get_store_analytics(
    request: Request, visit: Annotated[StoreVisit, Depends(in_store_page(VIEW_ANALYTICS))]
) -> str:
    """What happened in a store."""
    offer = forecast_offer() or {}
    return render_page(request, "monitoring/store/analytics.html", store=visit.store, **offer)


def _platforms(visit: AdminVisit) -> list[tuple[int, str]]:
    with unit_of_work(read_only=True) as work:
        return [(one.id, one.name) for one in platforms_in_scope(work, visit.scope)]


def _tiers(visit: AdminVisit) -> dict[str, str]:
    with unit_of_work(read_only=True) as work:
        return tier_names(work, visit.scope)
