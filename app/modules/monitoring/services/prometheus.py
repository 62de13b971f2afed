"""Figures of this instance for Prometheus, read when it asks."""

from collections.abc import Iterable, Iterator, Sequence

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector
from sqlalchemy.orm import Session

from app.contracts.tenants import AdminScope
from app.kit.jobs import RunTally, tally_runs
from app.kit.measures import REGISTRY
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
    """What is true at the moment of the question, by the metrics themselves."""

    def __init__(self, metrics: Sequence[Metric]) -> None:
        self._metrics = metrics

    def collect(self) -> Sequence[Metric]:
        """Return the metrics."""
        return self._metrics


def prometheus_text(db: Session) -> bytes:
    """Return all figures in Prometheus's text format, those that this process counted first."""
    registry = CollectorRegistry()
    registry.register(
        _Now(
            [
                *_of_machinery(billing_machinery(db)),
                *_of_jobs(list(tally_runs(db))),
                _of_capacity(capacity_standing(db, AdminScope(None))),
            ]
        )
    )
    return generate_latest(REGISTRY) + generate_latest(registry)


def _of_machinery(machinery: Machinery) -> Iterator[Metric]:
    webhooks = GaugeMetricFamily(
        "tierline_webhooks", "Events of Stripe that are not done.", labels=["state"]
    )
    webhooks.add_metric(["waiting"], machinery.waiting_webhooks)
    webhooks.add_metric(["dead"], machinery.dead_webhooks)
    yield webhooks
    yield GaugeMetricFamily(
        "tierline_webhook_lag_seconds",
        "How long the oldest event of Stripe has waited.",
        machinery.webhook_lag_s,
    )
    yield GaugeMetricFamily(
        "tierline_stripe_drift",
        "Subscriptions that differed from Stripe at the last comparison.",
        machinery.drifted,
    )
    if machinery.tables_age_s is not None:
        yield GaugeMetricFamily(
            "tierline_decision_tables_age_seconds",
            "How long ago this process heard that what it keeps of plans holds.",
            machinery.tables_age_s,
        )


def _of_jobs(runs: Iterable[RunTally]) -> Iterator[Metric]:
    counted = GaugeMetricFamily(
        "tierline_job_runs", "Kept runs of jobs by status.", labels=["job", "status"]
    )
    ended = GaugeMetricFamily(
        "tierline_job_last_done_timestamp_seconds",
        "When a job was last done, in seconds since 1970.",
        labels=["job"],
    )
    for one in runs:
        counted.add_metric([one.name, one.status], one.runs)
        if one.status == "done" and one.finished_at is not None:
            ended.add_metric([one.name], one.finished_at.timestamp())
    yield counted
    yield ended


def _of_capacity(standing: Standing) -> Metric:
    capacity = GaugeMetricFamily(
        "tierline_capacity", "Figures of the last snapshot.", labels=["metric"]
    )
    for name in _CAPACITY:
        capacity.add_metric([name], standing.values[name])
    return capacity
