"""What would change if plans, or those who have them, changed; pure (D32, D34)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from app.kit.money import divide_half_even
from app.modules.billing.services.capacity.infrastructure import next_step_at

MONTH_DAYS = 30
MONTHS_A_YEAR = 12


class PlannedFeature(StrEnum):
    """What capacity is planned for."""

    PRODUCTS = "max_products"
    ORDERS = "max_orders_per_month"


@dataclass(frozen=True)
class Move:
    """A part of the subscriptions of a tier go to another; they keep their interval."""

    from_tier: str
    to_tier: str
    percent: int


@dataclass(frozen=True)
class LimitChange:
    """A tier allows something else; None is unlimited."""

    tier: str
    feature: PlannedFeature
    value: int | None


@dataclass(frozen=True)
class Growth:
    """So many merchants more a month take a tier by the month, over some months."""

    tier: str
    per_month: int
    months: int

    @property
    def merchants(self) -> int:
        """How many come in all."""
        return self.per_month * self.months


@dataclass(frozen=True)
class Scenario:
    """What is supposed; everything in it happens together."""

    move: Move | None = None
    limit: LimitChange | None = None
    growth: Growth | None = None


@dataclass(frozen=True)
class Payers:
    """Who pays for a tier at one interval, and what they bring a year in minor units."""

    count: int
    arr_cents: int


@dataclass(frozen=True)
class Plan:
    """A tier as it is: `yearly_cents` is its price a year, by whether it is paid by the year.

    `followers` are the live subscriptions that the tier's limit holds for, by feature: those
    without an exception. A feature that is not in `limits` is not in the tier.
    """

    limits: Mapping[str, int | None]
    followers: Mapping[str, int]
    yearly_cents: Mapping[bool, int]
    payers: Mapping[bool, Payers]


@dataclass(frozen=True)
class Allowance:
    """Finite limits added up, and how many subscriptions have none."""

    limit: int
    unlimited: int


Plans = Mapping[str, Plan]


def allowance_after(
    scenario: Scenario, plans: Plans, *, feature: PlannedFeature, before: Allowance
) -> Allowance:
    """Return what is allowed then; exceptions and add-ons stay with those who have them."""
    limit, unlimited = before.limit, before.unlimited
    after = _followers_after(scenario, plans, feature)
    for code, plan in plans.items():
        had = _allowed(plan.limits, plan.followers[feature], feature)
        has = _allowed(_limits_after(scenario, code, plan), after[code], feature)
        limit += has.limit - had.limit
        unlimited += has.unlimited - had.unlimited
    return Allowance(limit, unlimited)


def arr_after(scenario: Scenario, plans: Plans, *, before: int) -> int:
    """Return the annual revenue then, in minor units: who moves or comes pays the list price."""
    after, move, growth = before, scenario.move, scenario.growth
    if move:
        for is_annual, payers in plans[move.from_tier].payers.items():
            moved = _part(payers.count, move.percent)
            after += moved * plans[move.to_tier].yearly_cents[is_annual]
            after -= divide_half_even(payers.arr_cents * moved, payers.count)
    if growth:
        after += growth.merchants * plans[growth.tier].yearly_cents[False]
    return after


def step_on(
    clients: int, day: date, expected: Sequence[int], *, more_a_month: int = 0
) -> date | None:
    """Return when active clients reach what the infrastructure carries; None: not foreseen.

    `expected` are the days after `day`, on which there are `clients`. Who comes is active.
    """
    limit = next_step_at(clients)
    if limit is None:
        return None
    if clients >= limit:
        return day
    days = enumerate(expected, start=1)
    reached = (n for n, value in days if value + n * more_a_month // MONTH_DAYS >= limit)
    first = next(reached, None)
    return None if first is None else day + timedelta(days=first)


def _followers_after(scenario: Scenario, plans: Plans, feature: PlannedFeature) -> dict[str, int]:
    after = {code: plan.followers[feature] for code, plan in plans.items()}
    if move := scenario.move:
        moved = _part(after[move.from_tier], move.percent)
        after[move.from_tier] -= moved
        after[move.to_tier] += moved
    if growth := scenario.growth:
        after[growth.tier] += growth.merchants
    return after


def _limits_after(scenario: Scenario, code: str, plan: Plan) -> Mapping[str, int | None]:
    change = scenario.limit
    if change is None or change.tier != code:
        return plan.limits
    return {**plan.limits, change.feature: change.value}


def _allowed(limits: Mapping[str, int | None], count: int, feature: PlannedFeature) -> Allowance:
    if feature not in limits:
        return Allowance(0, 0)
    limit = limits[feature]
    return Allowance(0, count) if limit is None else Allowance(limit * count, 0)


def _part(count: int, percent: int) -> int:
    return divide_half_even(count * percent, 100)
