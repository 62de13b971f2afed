"""Figures that this module offers (D33)."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Select
from sqlalchemy.orm import Session

from app.contracts.metrics import (
    DashboardFigure,
    May,
    MetricsProviderProtocol,
    PlatformFigure,
    PlatformMetric,
)
from app.contracts.tenants import AdminScope, StoreRef
from app.kit.db import UnitOfWork
from app.modules.tenancy.repositories import platform_figures
from app.modules.tenancy.services import own_figures


class TenancyMetrics(MetricsProviderProtocol):
    """Merchants, stores and the people who work there."""

    def platform_metrics(self, db: Session, since: datetime) -> Iterable[PlatformMetric]:
        """Return how many merchants, stores and members there are now."""
        for platform_id, merchants, stores in platform_figures.count_stores(db):
            yield PlatformMetric(platform_id, PlatformFigure.MERCHANTS, merchants)
            yield PlatformMetric(platform_id, PlatformFigure.STORES, stores)
        for platform_id, members in platform_figures.count_members(db):
            yield PlatformMetric(platform_id, PlatformFigure.TEAM_MEMBERS, members)

    def active_merchants(self, since: datetime) -> Iterable[Select[int, int]]:
        """Return merchants whose team was added to."""
        return (platform_figures.with_new_members(since),)

    def admin_figures(
        self, work: UnitOfWork, scope: AdminScope, may: May
    ) -> Iterable[DashboardFigure]:
        """Return tenants and people in scope."""
        return own_figures.of_platforms(work, scope)

    def merchant_figures(
        self, work: UnitOfWork, merchant_id: int, may: May
    ) -> Iterable[DashboardFigure]:
        """Return where a merchant sells, and who works there."""
        return own_figures.of_merchant(work, merchant_id)

    def store_figures(
        self, work: UnitOfWork, store: StoreRef, may: May
    ) -> Iterable[DashboardFigure]:
        """Return the store's team."""
        return own_figures.of_store(work, store, may)
