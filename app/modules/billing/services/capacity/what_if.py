"""A scenario against the present figures of a scope (D32, D34)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Generic, TypeVar

from sqlalchemy.orm import Session

from app.contracts.tenants import AdminScope
from app.kit.clocks import business_now
from app.kit.db import UnitOfWork
from app.kit.errors import InvalidInput
from app.kit.money import per_month
from app.modules.billing.models import SubscriptionTier
from app.modules.billing.repositories import scenario_rows, tallies, tiers
from app.modules.billing.services.capacity.history import KEPT_DAYS, read_history
from app.modules.billing.services.capacity.infrastructure import (
    InfrastructureTier,
    next_step_at,
    tier_for,
)
from app.modules.billing.services.capacity.projections import projections
from app.modules.billing.services.capacity.scenario import (
    MONTHS_A_YEAR,
    Allowance,
    Payers,
    Plan,
    PlannedFeature,
    Scenario,
    allowance_after,
    arr_after,
    step_on,
)
from app.modules.billing.services.capacity.subscription_capacity import (
    Utilization,
    subscription_capacity,
)
from app.modules.billing.services.capacity.trends import ACTIVE
from app.modules.billing.services.find_tier import get_tier
from app.modules.billing.services.forecasting.forecast import LEAST_POINTS
from app.modules.billing.services.offers import localized

Figure = TypeVar("Figure")


@dataclass(frozen=True)
class Change(Generic[Figure]):
    """A figure as it is, and as it would be."""

    before: Figure
    after: Figure


@dataclass(frozen=True)
class NextStep:
    """The next size of the infrastructure, and when it is needed; None: not foreseen.

    `size` is None where the present one is the largest.
    """

    size: InfrastructureTier | None
    on: Change[date | None]
    insufficient_data: bool


@dataclass(frozen=True)
class WhatIf:
    """What a scenario changes; money in minor units."""

    products: Change[Allowance]
    orders_monthly: Change[Allowance]
    mrr_cents: Change[int]
    next_step: NextStep


def what_if(work: UnitOfWork, scope: AdminScope, scenario: Scenario) -> WhatIf:
    """Tell what a scenario would change; nothing is written.

    Raises TierNotFoundError, AmbiguousTierCode, and InvalidInput for a move that leads nowhere.
    """
    if scenario.move and scenario.move.from_tier == scenario.move.to_tier:
        raise InvalidInput.at("/move/to_tier", "same_tier")
    plans = _plans(work, scope, scenario)
    capacity = subscription_capacity(work.session, scope)
    arr = _arr_cents(work.session, scope)
    return WhatIf(
        products=_allowance(scenario, plans, PlannedFeature.PRODUCTS, capacity["products"]),
        orders_monthly=_allowance(
            scenario, plans, PlannedFeature.ORDERS, capacity["orders_monthly"]
        ),
        mrr_cents=Change(per_month(arr), per_month(arr_after(scenario, plans, before=arr))),
        next_step=_next_step(
            work.session, scope, scenario.growth.per_month if scenario.growth else 0
        ),
    )


def tier_names(work: UnitOfWork, scope: AdminScope) -> dict[str, str]:
    """Return the tiers in scope by rank: codes, each once, with the first platform's name."""
    names: dict[str, str] = {}
    for tier in tiers.in_scope(work.session, scope.platform_ids):
        names.setdefault(tier.code, localized(tier.name_i18n, tier.code))
    return names


def _plans(work: UnitOfWork, scope: AdminScope, scenario: Scenario) -> dict[str, Plan]:
    """Read the tiers that a scenario names, by code."""
    codes = {one.tier for one in (scenario.limit, scenario.growth) if one}
    if scenario.move:
        codes |= {scenario.move.from_tier, scenario.move.to_tier}
    found = [get_tier(work, scope, code, platform_id=None) for code in sorted(codes)]
    ids = [tier.id for tier in found]
    live = tiers.count_subscribers_of(work.session, ids)
    excepted = scenario_rows.excepted(work.session, ids, list(PlannedFeature), at=business_now())
    payers = scenario_rows.payers(work.session, ids)
    limits: dict[int, dict[str, int | None]] = {one: {} for one in ids}
    for row in tiers.limits_of(work.session, ids):
        if row.enabled:
            limits[row.tier_id][row.feature_code] = row.limit_value
    return {
        tier.code: Plan(
            limits=limits[tier.id],
            followers={
                one: live.get(tier.id, 0) - excepted.get((tier.id, one), 0)
                for one in PlannedFeature
            },
            yearly_cents=_yearly_cents(tier),
            payers={
                is_annual: Payers(*sums) for is_annual, sums in payers.get(tier.id, {}).items()
            },
        )
        for tier in found
    }


def _yearly_cents(tier: SubscriptionTier) -> dict[bool, int]:
    by_month = MONTHS_A_YEAR * tier.price_monthly_cents
    by_year = tier.price_annual_cents
    return {False: by_month, True: by_month if by_year is None else by_year}


def _allowance(
    scenario: Scenario, plans: Mapping[str, Plan], feature: PlannedFeature, now: Utilization
) -> Change[Allowance]:
    before = Allowance(now["theoretical_limit"], now["unlimited_subscriptions"])
    return Change(before, allowance_after(scenario, plans, feature=feature, before=before))


def _arr_cents(db: Session, scope: AdminScope) -> int:
    found = tallies.arr_by_platform(db)
    return sum(cents for platform_id, cents in found.items() if scope.includes(platform_id))


def _next_step(db: Session, scope: AdminScope, more_a_month: int) -> NextStep:
    """Read the active clients and their forecast; there is none from too few snapshots."""
    history = read_history(db, scope, since=business_now().date() - timedelta(days=KEPT_DAYS))
    known = projections(db, scope, history) if len(history) >= LEAST_POINTS else {}
    projection = known.get(ACTIVE)
    if projection is None:
        return NextStep(None, Change(None, None), insufficient_data=True)
    clients = history[-1].values[ACTIVE]
    limit = next_step_at(clients)
    day, expected = projection.day, projection.mean
    return NextStep(
        None if limit is None else tier_for(limit + 1),
        Change(
            step_on(clients, day, expected),
            step_on(clients, day, expected, more_a_month=more_a_month),
        ),
        insufficient_data=False,
    )
