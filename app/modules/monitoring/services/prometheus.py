"""Figures of this instance for Prometheus, read when it asks."""

from collections.abc import Iterator

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector
from sqlalchemy.orm import Session

from app.contracts.tenants import AdminScope
from app.modules.billing.public import Machinery, Standing, billing_machinery, capacity_standing

_CAPACITY = (
    "merchants",
    "stores",
    "active_clients",
    "subscriptions",
    "products",
    "orders_30d",
    "storage_bytes",
    "database_bytes",
)


class _Now(Collector):
    """What is true at the moment of the question."""

    def __init__(self, machinery: Machinery, standing: Standing) -> None:
        self._machinery = machinery
        self._standing = standing

    def collect(self) -> Iterator[Metric]:
        """Yield one gauge for each figure."""
        webhooks = GaugeMetricFamily(
            "tierline_webhooks", "Events of Stripe that are not done.", labels=["state"]
        )
        webhooks.add_metric(["waiting"], self._machinery.waiting_webhooks)
        webhooks.add_metric(["dead"], self._machinery.dead_webhooks)
        yield webhooks
        yield GaugeMetricFamily(
            "tierline_jobs_failed", "Job runs that failed.", self._machinery.failed_jobs
        )
        yield GaugeMetricFamily(
            "tierline_stripe_drift",
            "Subscriptions that differed from Stripe at the last comparison.",
            self._machinery.drifted,
        )
        capacity = GaugeMetricFamily(
            "tierline_capacity", "Figures of the last snapshot.", labels=["metric"]
        )
        for name in _CAPACITY:
            capacity.add_metric([name], self._standing.values[name])
        yield capacity


def prometheus_text(db: Session) -> bytes:
    """Return all figures in Prometheus's text format."""
    registry = CollectorRegistry()
    registry.register(_Now(billing_machinery(db), capacity_standing(db, AdminScope(None))))
    return generate_latest(registry)
