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
from app.modules.orders.permissions import VIEW_ORDERS
from app.modules.orders.repositories import figures
from app.modules.orders.services import own_figures


class OrderMetrics(MetricsProviderProtocol):
    """Orders."""

    def platform_metrics(self, db: Session, since: datetime) -> Iterable[PlatformMetric]:
        """Return how many orders came since then."""
        counted = figures.count_by_platform(db, since)
        for platform_id, orders in counted.items():
            yield PlatformMetric(platform_id, PlatformFigure.ORDERS_30D, orders)
        yield PlatformMetric(None, PlatformFigure.ORDERS_30D, sum(counted.values()))

    def active_merchants(self, since: datetime) -> Iterable[Select[int, int]]:
        """Return merchants who had an order."""
        return (figures.with_orders(since),)

    def store_series(
        self, db: Session, store: StoreRef, starts: Sequence[datetime]
    ) -> Iterable[StoreSeries]:
        """Return orders and their worth of each day."""
        days = figures.sold_between(db, store, starts)
        yield StoreSeries("orders", "orders.metrics.orders", [count for count, _ in days])
        yield StoreSeries("sales", "orders.metrics.sales", [cents for _, cents in days], "cents")

    def merchant_figures(
        self, work: UnitOfWork, merchant_id: int, may: May
    ) -> Iterable[DashboardFigure]:
        """Return the orders of the last days."""
        return [own_figures.of_merchant(work, merchant_id)]

    def store_figures(
        self, work: UnitOfWork, store: StoreRef, may: May
    ) -> Iterable[DashboardFigure]:
        """Return today's orders."""
        return own_figures.of_store(work, store) if may(VIEW_ORDERS) else ()
