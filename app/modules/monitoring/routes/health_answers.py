"""From what services found to the shapes of answers."""

from collections.abc import Sequence

from app.modules.billing.public import Machinery, Outlook, Recommendation, Standing
from app.modules.monitoring.schemas.health import (
    CapacityOut,
    CheckOut,
    DatabaseOut,
    DayOut,
    ExpectedDayOut,
    HealthOut,
    HostOut,
    InfrastructureTierOut,
    JobsOut,
    OutlookOut,
    RecommendationOut,
    StorageOut,
    StripeOut,
    WebhooksOut,
)
from app.modules.monitoring.services.health_report import HealthReport


def health_out(
    report: HealthReport,
    *,
    machinery: Machinery,
    standing: Standing,
    recommendations: Sequence[Recommendation],
) -> HealthOut:
    """Return the whole report."""
    return HealthOut(
        status=report.status,
        host=HostOut.model_validate(report.host),
        database=DatabaseOut(
            kind=report.database_kind,
            bytes=standing.values["database_bytes"],
            latency_ms=report.database_latency_ms,
        ),
        storage=_storage(standing),
        jobs=JobsOut(failed=machinery.failed_jobs),
        webhooks=WebhooksOut(
            waiting=machinery.waiting_webhooks,
            lag_seconds=round(machinery.webhook_lag_s, 1),
            dead=machinery.dead_webhooks,
        ),
        stripe=StripeOut(
            configured=machinery.payments_configured,
            checked_at=machinery.checked_at,
            drifted=machinery.drifted,
            repaired=machinery.repaired,
        ),
        checks=[CheckOut.model_validate(one) for one in report.checks],
        infrastructure_tier=InfrastructureTierOut.of(standing.infrastructure_tier),
        recommendations=[RecommendationOut.model_validate(one) for one in recommendations],
        timestamp=report.timestamp,
    )


def capacity_out(standing: Standing) -> CapacityOut:
    """Return the present figures."""
    counts = {
        name: standing.values[name] for name in CapacityOut.model_fields if name in standing.values
    }
    return CapacityOut(
        **counts,
        storage=_storage(standing),
        infrastructure_tier=InfrastructureTierOut.of(standing.infrastructure_tier),
        taken_at=standing.taken_at,
    )


def outlook_out(found: Outlook) -> OutlookOut:
    """Return a metric day by day."""
    return OutlookOut(
        metric=found.metric,
        past=[DayOut(day=day, value=value) for day, value in found.past],
        expected=[ExpectedDayOut.model_validate(one) for one in found.expected],
        limit=found.limit,
        accuracy=None if found.accuracy is None else dict(found.accuracy),
    )


def _storage(standing: Standing) -> StorageOut:
    return StorageOut(
        files=standing.values["storage_files"], bytes=standing.values["storage_bytes"]
    )
