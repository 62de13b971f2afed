"""What needs care, said with what to do about it (D35)."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, TypedDict

from sqlalchemy.orm import Session

from app.contracts.tenants import AdminScope
from app.kit.clocks import business_now, system_now
from app.kit.formats import date_text, number_text
from app.kit.i18n import translate, translate_count
from app.modules.billing.repositories import backlog, capacity_rows
from app.modules.billing.services.capacity.history import scopes_of
from app.modules.billing.services.capacity.infrastructure import tier_for, tier_name
from app.modules.billing.services.capacity.subscription_capacity import subscription_capacity
from app.modules.billing.services.capacity.trends import MetricTrend, growth_trends

WARNING_PERCENT, CRITICAL_PERCENT = 80.0, 95.0
SOON_DAYS, VERY_SOON_DAYS = 90, 14
MANY_WAITING = 1000
LATE_AFTER = timedelta(hours=1)
SQLITE_BYTES = 10_000_000_000  # beyond it backups and migrations on SQLite take long
INFO, WARNING, CRITICAL = "info", "warning", "critical"
_SEVERITIES = (CRITICAL, WARNING, INFO)
_CAPACITY_PAGE = "/admin/platform-health/capacity"


class Recommendation(TypedDict):
    """One thing that needs care; texts in the reader's language, `link` is the page to go to."""

    category: str
    severity: str
    title: str
    description: str
    action: str
    link: str


def scaling_recommendations(db: Session, scope: AdminScope) -> list[Recommendation]:
    """Return what needs care in a scope, the most severe first; nothing wrong is an empty list.

    The machinery is the whole system's, so only who sees all platforms is told of it.
    """
    found = [*_full(db, scope), *_soon(db, scope)]
    if scope.platform_ids is None:
        found += [*_infrastructure(db, scope), *_machinery(db)]
    return sorted(found, key=lambda one: _SEVERITIES.index(one["severity"]))


def _full(db: Session, scope: AdminScope) -> Iterator[Recommendation]:
    capacity = subscription_capacity(db, scope)
    for name, used in (("products", capacity["products"]), ("orders", capacity["orders_monthly"])):
        percent = number_text(used["utilization_percent"])
        if severity := severity_of(used["utilization_percent"]):
            yield _said("capacity", severity, name, _CAPACITY_PAGE, percent=percent)


def severity_of(percent: float) -> str | None:
    """Return how bad a utilization is: warning from 80 %, critical from 95 %."""
    if percent >= CRITICAL_PERCENT:
        return CRITICAL
    return WARNING if percent >= WARNING_PERCENT else None


def _soon(db: Session, scope: AdminScope) -> Iterator[Recommendation]:
    today = business_now().date()
    for metric, trend in growth_trends(db, scope, days=30)["metrics"].items():
        days = _days_left(trend, today)
        if days is None or not 0 < days <= SOON_DAYS:
            continue
        assert trend["limit_reached_on"] is not None
        yield Recommendation(
            category="forecast",
            severity=WARNING if days <= VERY_SOON_DAYS else INFO,
            title=translate(f"billing.capacity.{metric}.soon"),
            description=translate_count(
                "billing.capacity.soon.description",
                days,
                date=date_text(trend["limit_reached_on"]),
                limit=number_text(trend["limit"] or 0),
                last=number_text(trend["last"]),
            ),
            action=translate(f"billing.capacity.{metric}.soon.action"),
            link=_CAPACITY_PAGE,
        )


def _days_left(trend: MetricTrend, today: date) -> int | None:
    reached = trend["limit_reached_on"]
    return None if reached is None else (reached - today).days


def _infrastructure(db: Session, scope: AdminScope) -> Iterator[Recommendation]:
    newest = capacity_rows.newest(db, scopes_of(scope)[0])
    if newest is None:
        return
    tier = tier_for(newest.active_clients)
    stored = newest.storage_bytes + newest.database_bytes
    percent = round(100 * stored / tier.storage_bytes, 1)
    if severity := severity_of(percent):
        yield _said(
            "storage",
            severity,
            "storage",
            "/admin/platform-health",
            percent=number_text(percent),
            storage=tier.storage,
            tier=tier_name(tier),
        )
    is_sqlite = db.get_bind().dialect.name == "sqlite"
    if is_sqlite and tier.database != "SQLite":
        yield _said(
            "infrastructure",
            WARNING,
            "outgrown",
            "/admin/platform-health",
            clients=number_text(newest.active_clients),
            tier=tier_name(tier),
            vcpu=tier.vcpu,
            ram=tier.ram,
            storage=tier.storage,
            database=tier.database,
        )
    if is_sqlite and newest.database_bytes >= SQLITE_BYTES:
        size = number_text(round(newest.database_bytes / 1e9, 1))
        yield _said("database", WARNING, "database", "/admin/platform-health", size=size)


def _machinery(db: Session) -> Iterator[Recommendation]:
    waiting, dead = backlog.webhooks(db)
    if dead:
        yield _said("webhooks", CRITICAL, "dead_webhooks", "/admin/webhooks", count=dead)
    if waiting >= MANY_WAITING:
        yield _said("webhooks", WARNING, "webhooks", "/admin/webhooks", count=number_text(waiting))
    late = backlog.late_jobs(db, before=system_now() - LATE_AFTER)
    if late:
        yield _said("jobs", WARNING, "late_jobs", "/admin/jobs", count=number_text(late))
    failed = backlog.failed_jobs(db)
    if failed:
        yield _said("jobs", WARNING, "jobs", "/admin/jobs", count=failed)


def _said(category: str, severity: str, name: str, link: str, **params: Any) -> Recommendation:
    key = f"billing.capacity.{name}"
    return Recommendation(
        category=category,
        severity=severity,
        title=translate(f"{key}.title"),
        description=translate(f"{key}.description", **params),
        action=translate(f"{key}.action"),
        link=link,
    )
