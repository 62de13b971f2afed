"""Figures that this module offers (D33)."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import Select
from sqlalchemy.orm import Session

from app.contracts.metrics import PlatformFigure, PlatformMetric, StoreSeries
from app.contracts.tenants import StoreRef
from app.modules.orders.repositories import figures


class OrderMetrics:
    """Implements `MetricsProviderProtocol`: orders."""

    def platform_metrics(self, db: Session, since: datetime) -> Iterable[PlatformMetric]:
        """Return how many orders came since then."""
        counted = figures.count_by_platform(db, since)
        for platform_id, orders in counted.items():
            yield PlatformMetric(platform_id, PlatformFigure.ORDERS_30D, orders)
        yield PlatformMetric(None, PlatformFigure.ORDERS_30D, sum(counted.values()))

    def active_merchants(self, since: datetime) -> Select[int, int]:
        """Return merchants who had an order."""
        return figures.with_orders(since)

    def store_series(
        self, db: Session, store: StoreRef, starts: Sequence[datetime]
    ) -> Iterable[StoreSeries]:
        """Return orders and their worth of each day."""
        days = figures.sold_between(db, store, starts)
        yield StoreSeries("orders", "orders.metrics.orders", [count for count, _ in days])
        yield StoreSeries("sales", "orders.metrics.sales", [cents for _, cents in days], "cents")
