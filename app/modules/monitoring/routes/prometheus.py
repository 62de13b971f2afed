"""Figures for Prometheus, off unless enabled; it needs a token of a super admin."""

from typing import Annotated

from fastapi import Depends
from prometheus_client import CONTENT_TYPE_LATEST
from starlette.responses import Response

from app.kit.db import unit_of_work
from app.kit.errors import Forbidden, NotFound
from app.kit.http.router import page_router
from app.modules.monitoring.permissions import VIEW_HEALTH
from app.modules.monitoring.services.prometheus import prometheus_text
from app.modules.monitoring.settings import monitoring_settings
from app.modules.tenancy.public import AdminVisit, as_admin

router = page_router()


@router.get("/metrics")
def get_metrics(visit: Annotated[AdminVisit, Depends(as_admin(VIEW_HEALTH))]) -> Response:
    """What waits, what failed, and how large everything is."""
    if not monitoring_settings().metrics_enabled:
        raise NotFound
    if visit.scope.platform_ids is not None:
        raise Forbidden
    with unit_of_work(read_only=True) as work:
        return Response(prometheus_text(work.session), media_type=CONTENT_TYPE_LATEST)
