"""What live subscriptions allow, and how much of it is used (D32)."""

from collections.abc import Mapping, Sequence
from typing import TypedDict

from sqlalchemy.orm import Session

from app.contracts.tenants import AdminScope
from app.modules.billing.models import CapacitySnapshot
from app.modules.billing.repositories import capacity_rows, tallies
from app.modules.billing.services.capacity.history import scopes_of
from app.modules.billing.services.capacity.measure import count_plans

COUNTED_LIVE = 20_000  # up to so many merchants are counted when asked; more: as last snapshot


class Utilization(TypedDict):
    """What finite limits allow, and what those merchants use; beside them the unlimited ones."""

    actual: int
    theoretical_limit: int
    utilization_percent: float
    headroom: int
    unlimited_subscriptions: int
    actual_unlimited: int


class SubscriptionCapacity(TypedDict):
    """Subscriptions in trial, active or past due, by tier, and the limits they add up to."""

    total_subscriptions: int
    tier_distribution: dict[str, int]
    products: Utilization
    orders_monthly: Utilization


def subscription_capacity(db: Session, scope: AdminScope) -> SubscriptionCapacity:
    """Return capacity and usage: counted now, or read from the last snapshot where that is much."""
    if tallies.count_subscriptions(db) > COUNTED_LIVE and (taken := _newest(db, scope)):
        return capacity_of(
            [row.subscriptions_by_tier for row in taken], [row.limits for row in taken]
        )
    counted = count_plans(db)
    chosen = [None] if scope.platform_ids is None else sorted(scope.platform_ids)
    parts = [counted[one] for one in chosen if one in counted]
    return capacity_of([one.by_tier for one in parts], [one.limits for one in parts])


def capacity_of(
    by_tier: Sequence[Mapping[str, int]], limits: Sequence[Mapping[str, Mapping[str, int]]]
) -> SubscriptionCapacity:
    """Add up the tiers and limits of some platforms."""
    distribution: dict[str, int] = {}
    for tiers in by_tier:
        for code, count in tiers.items():
            distribution[code] = distribution.get(code, 0) + count
    return SubscriptionCapacity(
        total_subscriptions=sum(distribution.values()),
        tier_distribution=distribution,
        products=_utilization("max_products", limits),
        orders_monthly=_utilization("max_orders_per_month", limits),
    )


def _utilization(code: str, limits: Sequence[Mapping[str, Mapping[str, int]]]) -> Utilization:
    sums = [one[code] for one in limits if code in one]
    limit, actual = sum(one["limit"] for one in sums), sum(one["actual"] for one in sums)
    return Utilization(
        actual=actual,
        theoretical_limit=limit,
        utilization_percent=round(100 * actual / limit, 1) if limit else 0.0,
        headroom=limit - actual,
        unlimited_subscriptions=sum(one["unlimited"] for one in sums),
        actual_unlimited=sum(one["actual_unlimited"] for one in sums),
    )


def _newest(db: Session, scope: AdminScope) -> list[CapacitySnapshot]:
    found = [capacity_rows.newest(db, name) for name in scopes_of(scope)]
    return [row for row in found if row is not None]
