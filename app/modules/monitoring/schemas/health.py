"""Shapes of the platform's health."""

from datetime import date, datetime
from typing import Any

from pydantic import BaseModel, ConfigDict

from app.kit.formats import money_text
from app.modules.billing.public import InfrastructureTier, infrastructure_tier_name


class _Out(BaseModel):
    model_config = ConfigDict(from_attributes=True)


class HostOut(_Out):
    """The machine: percentages, and bytes in all."""

    cpu_percent: float
    cpu_count: int
    memory_percent: float
    memory_bytes: int
    disk_percent: float
    disk_bytes: int


class CheckOut(_Out):
    """What one part says of itself; `problem` is null when it works."""

    name: str
    problem: str | None


class DatabaseOut(BaseModel):
    """Kind, size, and how long a bare question takes."""

    kind: str
    bytes: int
    latency_ms: float


class StorageOut(BaseModel):
    """Media files of all stores in scope, variants included in the bytes."""

    files: int
    bytes: int


class JobsOut(BaseModel):
    """Runs that failed and wait for somebody."""

    failed: int


class WebhooksOut(BaseModel):
    """Events of Stripe that wait, how long the oldest does, and those nobody tries any more."""

    waiting: int
    lag_seconds: float
    dead: int


class StripeOut(BaseModel):
    """Whether payments are set up, and what the last comparison found."""

    configured: bool
    checked_at: datetime | None
    drifted: int
    repaired: int


class InfrastructureTierOut(BaseModel):
    """A size of the sizing table, the cost written for the reader; a `+` says "or more"."""

    clients: str
    vcpu: str
    ram: str
    storage: str
    database: str
    monthly_cost: str

    @classmethod
    def of(cls, tier: InfrastructureTier) -> "InfrastructureTierOut":
        """Return the answer for a size."""
        return cls(
            clients=infrastructure_tier_name(tier),
            vcpu=tier.vcpu,
            ram=tier.ram,
            storage=tier.storage,
            database=tier.database,
            monthly_cost=money_text(tier.monthly_cost_cents, "EUR")
            + ("+" if tier.max_clients is None else ""),
        )


class RecommendationOut(BaseModel):
    """What needs care, and what to do about it."""

    category: str
    severity: str
    title: str
    description: str
    action: str
    link: str


class HealthOut(BaseModel):
    """The whole report; `degraded` as soon as one part has a problem."""

    status: str
    host: HostOut
    database: DatabaseOut
    storage: StorageOut
    jobs: JobsOut
    webhooks: WebhooksOut
    stripe: StripeOut
    checks: list[CheckOut]
    infrastructure_tier: InfrastructureTierOut
    recommendations: list[RecommendationOut]
    timestamp: datetime


class CapacityOut(BaseModel):
    """The present figures of the scope, as of `taken_at`."""

    products: int
    orders_30d: int
    merchants: int
    stores: int
    active_clients: int
    team_members: int
    subscriptions: int
    arr_cents: int
    database_bytes: int
    storage: StorageOut
    infrastructure_tier: InfrastructureTierOut
    taken_at: datetime


class UtilizationOut(BaseModel):
    """Finite limits added up, and their use; `headroom` may be negative."""

    actual: int
    theoretical_limit: int
    utilization_percent: float
    headroom: int
    unlimited_subscriptions: int
    actual_unlimited: int


class SubscriptionCapacityOut(BaseModel):
    """Live subscriptions, and what they allow (D32)."""

    total_subscriptions: int
    tier_distribution: dict[str, int]
    products: UtilizationOut
    orders_monthly: UtilizationOut


class MetricTrendOut(BaseModel):
    """One metric: growth in percent, expected change a day, expected value in 30 days (D34)."""

    first: int
    last: int
    growth_rate: float | None
    daily_projection: float | None
    monthly_projection: int | None
    interval_80: list[int] | None
    interval_95: list[int] | None
    limit: int | None
    limit_reached_on: date | None
    accuracy: dict[str, Any] | None


class TrendsOut(BaseModel):
    """Trends of all metrics over some days."""

    days: int
    snapshots: int
    insufficient_data: bool
    metrics: dict[str, MetricTrendOut]


class DayOut(BaseModel):
    """A day gone by."""

    day: date
    value: int


class ExpectedDayOut(_Out):
    """A day to come, with its intervals."""

    day: date
    mean: int
    low_80: int
    high_80: int
    low_95: int
    high_95: int


class OutlookOut(BaseModel):
    """A metric's past and what is expected of it."""

    metric: str
    past: list[DayOut]
    expected: list[ExpectedDayOut]
    limit: int | None
    accuracy: dict[str, Any] | None


class SnapshotOut(_Out):
    """The snapshot that was written."""

    day: date
    taken_at: datetime
    platforms: int
