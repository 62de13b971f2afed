"""Figures that this module offers (D33)."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import Select
from sqlalchemy.orm import Session

from app.contracts.metrics import (
    DashboardFigure,
    May,
    MetricsProviderProtocol,
    PlatformFigure,
    PlatformMetric,
    StoreSeries,
)
from app.contracts.tenants import StoreRef
from app.kit.db import UnitOfWork
from app.modules.catalog.permissions import VIEW_PRODUCTS
from app.modules.catalog.repositories import figures
from app.modules.catalog.services import own_figures


class CatalogMetrics(MetricsProviderProtocol):
    """Products."""

    def platform_metrics(self, db: Session, since: datetime) -> Iterable[PlatformMetric]:
        """Return how many products there are now."""
        counted = figures.count_by_platform(db)
        for platform_id, products in counted.items():
            yield PlatformMetric(platform_id, PlatformFigure.PRODUCTS, products)
        yield PlatformMetric(None, PlatformFigure.PRODUCTS, sum(counted.values()))

    def active_merchants(self, since: datetime) -> Iterable[Select[int, int]]:
        """Return merchants who wrote a product."""
        return (figures.with_written_products(since),)

    def store_series(
        self, db: Session, store: StoreRef, starts: Sequence[datetime]
    ) -> Iterable[StoreSeries]:
        """Return how many products were added each day."""
        added = figures.added_between(db, store, starts)
        yield StoreSeries("products_added", "catalog.metrics.products_added", added)

    def store_figures(
        self, work: UnitOfWork, store: StoreRef, may: May
    ) -> Iterable[DashboardFigure]:
        """Return how many products there are."""
        return [own_figures.of_store(work, store)] if may(VIEW_PRODUCTS) else []
