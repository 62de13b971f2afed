"""Figures that this module offers (D33)."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import Select
from sqlalchemy.orm import Session

from app.contracts.metrics import PlatformFigure, PlatformMetric, StoreSeries
from app.contracts.tenants import StoreRef
from app.modules.tenancy.repositories import platform_figures


class TenancyMetrics:
    """Implements `MetricsProviderProtocol`: merchants, stores and teams."""

    def platform_metrics(self, db: Session, since: datetime) -> Iterable[PlatformMetric]:
        """Return how many merchants, stores and members there are now."""
        for platform_id, merchants, stores in platform_figures.count_stores(db):
            yield PlatformMetric(platform_id, PlatformFigure.MERCHANTS, merchants)
            yield PlatformMetric(platform_id, PlatformFigure.STORES, stores)
        for platform_id, members in platform_figures.count_members(db):
            yield PlatformMetric(platform_id, PlatformFigure.TEAM_MEMBERS, members)

    def active_merchants(self, since: datetime) -> Select[int, int]:
        """Return merchants whose team was added to."""
        return platform_figures.with_new_members(since)

    def store_series(
        self, db: Session, store: StoreRef, starts: Sequence[datetime]
    ) -> Iterable[StoreSeries]:
        """Return nothing: a team is no business of days."""
        return ()
