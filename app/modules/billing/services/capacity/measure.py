"""Measuring every platform, and all of them together, by a few set queries (D32, D33)."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from sqlalchemy import Select
from sqlalchemy.orm import Session

from app.contracts.metrics import ACTIVITY_DAYS, metrics_providers
from app.kit.clocks import business_now
from app.modules.billing.models import SubscriptionTier
from app.modules.billing.repositories import capacity_rows, capacity_sums, tallies, tiers
from app.modules.billing.services.features_registry import registry

# What of a snapshot is bounded by which limit; storage is sold by the megabyte.
LIMITED_BY = {
    "products": "max_products",
    "orders_30d": "max_orders_per_month",
    "stores": "max_stores",
    "team_members": "max_team_members",
    "storage_bytes": "max_storage_mb",
}


@dataclass
class Measured:
    """The figures of one scope as the columns of a snapshot."""

    values: dict[str, int] = field(default_factory=dict)
    by_tier: dict[str, int] = field(default_factory=dict)
    by_status: dict[str, int] = field(default_factory=dict)
    limits: dict[str, dict[str, int]] = field(default_factory=dict)

    @property
    def columns(self) -> dict[str, Any]:
        """Everything by the name of its column."""
        return {
            **self.values,
            "subscriptions": sum(self.by_status.values()),
            "subscriptions_by_tier": self.by_tier,
            "subscriptions_by_status": self.by_status,
            "limits": self.limits,
        }


def measure(db: Session) -> Mapping[int | None, Measured]:
    """Measure all platforms; None is all of them. Memory does not grow with the merchants."""
    found: dict[int | None, Measured] = defaultdict(Measured)
    _count_plans(db, found)
    _add_limits(db, found)
    _ask_modules(db, found)
    size = capacity_rows.database_bytes(db)
    for one in found.values():
        one.values["database_bytes"] = size
    for platform_id, arr_cents in tallies.arr_by_platform(db).items():
        found[platform_id].values["arr_cents"] = arr_cents
        found[None].values["arr_cents"] = found[None].values.get("arr_cents", 0) + arr_cents
    return found


def count_plans(db: Session) -> Mapping[int | None, Measured]:
    """Count live subscriptions and what they allow and use, without asking other modules."""
    found: dict[int | None, Measured] = defaultdict(Measured)
    _count_plans(db, found)
    _add_limits(db, found)
    return found


def _count_plans(db: Session, found: dict[int | None, Measured]) -> None:
    known = list(tiers.in_scope(db, None))
    live = capacity_sums.live_by_tier(db)
    for tier in known:
        for scope in (None, tier.platform_id):
            found[scope].by_tier.setdefault(tier.code, 0)
    codes: dict[int, SubscriptionTier] = {tier.id: tier for tier in known}
    for (platform_id, tier_id, status), count in live.items():
        for scope in (None, platform_id):
            one, code = found[scope], codes[tier_id].code
            one.by_tier[code] = one.by_tier.get(code, 0) + count
            one.by_status[status] = one.by_status.get(status, 0) + count


def _add_limits(db: Session, found: dict[int | None, Measured]) -> None:
    now = business_now()
    for code in LIMITED_BY.values():
        if code not in registry().declarations:
            continue
        for row in capacity_sums.limit_sums(db, code, at=now):
            for scope in (None, row.platform_id):
                sums = found[scope].limits.setdefault(
                    code, {"limit": 0, "actual": 0, "unlimited": 0, "actual_unlimited": 0}
                )
                for name in sums:
                    sums[name] += getattr(row, name)


def _ask_modules(db: Session, found: dict[int | None, Measured]) -> None:
    since = business_now() - timedelta(days=ACTIVITY_DAYS)
    active: list[Select[int, int]] = []
    for provider in metrics_providers():
        for metric in provider.platform_metrics(db, since):
            found[metric.platform_id].values[metric.figure] = metric.value
        active += provider.active_merchants(since)
    for platform_id, clients in capacity_rows.count_active(db, active).items():
        found[platform_id].values["active_clients"] = clients
