"""The face of capacity: how it grows, and what to do about it (D34, D35)."""

from sqlalchemy.orm import Session

from app.contracts.tenants import AdminScope
from app.kit.db import UnitOfWork
from app.modules.billing.services.capacity.capture import Captured, capture_snapshot
from app.modules.billing.services.capacity.history import CapacityMetric
from app.modules.billing.services.capacity.outlook import Outlook, outlook
from app.modules.billing.services.capacity.recommendations import (
    Recommendation,
    scaling_recommendations,
)
from app.modules.billing.services.capacity.scenario import Scenario
from app.modules.billing.services.capacity.trends import GrowthTrends, growth_trends
from app.modules.billing.services.capacity.what_if import WhatIf, what_if

EVERYWHERE = AdminScope(None)


class CapacityForecastService:
    """Growth trends, projections and recommendations, from snapshots."""

    def get_growth_trends(
        self, db: Session, days: int = 30, *, scope: AdminScope = EVERYWHERE
    ) -> GrowthTrends:
        """Return growth, projections and intervals of every metric over 1..365 days."""
        return growth_trends(db, scope, days=days)

    def get_scaling_recommendations(
        self, db: Session, *, scope: AdminScope = EVERYWHERE
    ) -> list[Recommendation]:
        """Return what needs care, the most severe first, in the reader's language; or nothing."""
        return scaling_recommendations(db, scope)

    def get_outlook(
        self, db: Session, metric: CapacityMetric, days: int = 90, *, scope: AdminScope = EVERYWHERE
    ) -> Outlook:
        """Return one metric day by day, with its forecast."""
        return outlook(db, scope, metric, days=days)

    def what_if(
        self, work: UnitOfWork, scenario: Scenario, *, scope: AdminScope = EVERYWHERE
    ) -> WhatIf:
        """Return what a scenario would change of limits, revenue and the next step; reads only.

        Raises TierNotFoundError, AmbiguousTierCode, InvalidInput.
        """
        return what_if(work, scope, scenario)

    def capture_snapshot(self) -> Captured:
        """Write today's snapshots and renew their forecasts; opens its own units of work."""
        return capture_snapshot()


capacity_forecast_service = CapacityForecastService()
