"""Adding up changes of subscriptions by month, by set queries; the platforms first (D27)."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from sqlalchemy import (
    ColumnElement,
    Select,
    SQLColumnExpression,
    Subquery,
    and_,
    case,
    func,
    literal,
    select,
)
from sqlalchemy.orm import InstrumentedAttribute, Session

from app.modules.billing.models import EARNING, PAID_FOR, AddOnChange, SubscriptionChange

BEFORE_ALL = -1  # the span of what happened before the first month


class Movement(StrEnum):
    """What a change does to the annual revenue."""

    NEW = "new"
    EXPANSION = "expansion"
    CONTRACTION = "contraction"
    CHURN = "churn"
    REACTIVATION = "reactivation"


class MovementSum(NamedTuple):
    """What the movements of one kind come to in one month; `arr_cents` is signed.

    `subscriptions` counts plans alone.
    """

    month: int
    movement: str
    subscriptions: int
    arr_cents: int


class CohortSum(NamedTuple):
    """How many of those who began to pay in one month began or stopped in another."""

    cohort: int
    month: int
    difference: int


def movements(
    session: Session, platform_ids: frozenset[int] | None, starts: Sequence[datetime]
) -> Iterator[MovementSum]:
    """Yield sums by month and movement; month -1 is all that was before the first."""
    rows, first = _counted(platform_ids), _first_paid(platform_ids)
    kind = case(
        (and_(rows.c.before == 0, rows.c.id == first.c.id), literal(Movement.NEW.value)),
        (rows.c.before == 0, literal(Movement.REACTIVATION.value)),
        (rows.c.after == 0, literal(Movement.CHURN.value)),
        (rows.c.after > rows.c.before, literal(Movement.EXPANSION.value)),
        else_=literal(Movement.CONTRACTION.value),
    ).label("kind")
    span = _span(rows.c.at, starts).label("span")
    found = session.execute(
        select(span, kind, func.count(), func.sum(rows.c.after - rows.c.before))
        .join(first, first.c.subscription_id == rows.c.subscription_id)
        .where(rows.c.at < starts[-1])
        .group_by("span", "kind")
    )
    for month, movement, subscriptions, arr_cents in found:
        yield MovementSum(month, movement, subscriptions, int(arr_cents))


def addon_movements(
    session: Session, platform_ids: frozenset[int] | None, starts: Sequence[datetime]
) -> Iterator[MovementSum]:
    """Yield what add-ons came to by month, as `movements`: what begins or grows expands a plan's
    revenue, what shrinks or ends contracts it."""
    one = AddOnChange
    grows = one.arr_cents_after > one.arr_cents_before
    kind = case(
        (grows, literal(Movement.EXPANSION.value)), else_=literal(Movement.CONTRACTION.value)
    ).label("kind")
    span = _span(one.at, starts).label("span")
    query = (
        select(span, kind, func.sum(one.arr_cents_after - one.arr_cents_before))
        .where(one.at < starts[-1])
        .group_by("span", "kind")
    )
    if platform_ids is not None:
        query = query.where(one.platform_id.in_(platform_ids))
    for month, movement, arr_cents in session.execute(query):
        yield MovementSum(month, movement, 0, int(arr_cents))


def moved_since(session: Session, platform_ids: frozenset[int], since: datetime) -> int:
    """Return what all movements of some platforms came to since then, in minor units a year."""
    plan, addon = SubscriptionChange, AddOnChange
    of_plans = func.sum(
        _counts(plan.after, plan.arr_cents_after) - _counts(plan.before, plan.arr_cents_before)
    )
    of_addons = func.sum(addon.arr_cents_after - addon.arr_cents_before)
    found = (
        session.scalars(
            select(func.coalesce(total, 0)).where(of.platform_id.in_(platform_ids), of.at >= since)
        ).one()
        for of, total in ((plan, of_plans), (addon, of_addons))
    )
    return sum(int(total) for total in found)


def cohorts(
    session: Session, platform_ids: frozenset[int] | None, starts: Sequence[datetime]
) -> Iterator[CohortSum]:
    """Yield, for those who first paid in each month, how many more pay after each month."""
    rows, first = _counted(platform_ids), _first_paid(platform_ids)
    cohort = _span(first.c.at, starts).label("cohort")
    span = _span(rows.c.at, starts).label("span")
    difference = case((rows.c.before == 0, 1), (rows.c.after == 0, -1), else_=0)
    found = session.execute(
        select(cohort, span, func.sum(difference))
        .join(first, first.c.subscription_id == rows.c.subscription_id)
        .where(rows.c.at < starts[-1], first.c.at >= starts[0])
        .group_by("cohort", "span")
    )
    for began, month, change in found:
        yield CohortSum(began, month, int(change))


def _counted(platform_ids: frozenset[int] | None) -> Subquery:
    """Changes of what counts for the annual revenue, in minor units before and after."""
    one = SubscriptionChange
    before = _counts(one.before, one.arr_cents_before)
    after = _counts(one.after, one.arr_cents_after)
    query: Select[int, int, datetime, int, int] = select(
        one.id, one.subscription_id, one.at, before.label("before"), after.label("after")
    ).where(before != after)
    if platform_ids is not None:
        query = query.where(one.platform_id.in_(platform_ids))
    return query.subquery()


def _first_paid(platform_ids: frozenset[int] | None) -> Subquery:
    """When each subscription brought revenue for the first time."""
    rows = _counted(platform_ids)
    first = (
        select(rows.c.subscription_id, func.min(rows.c.id).label("id"))
        .where(rows.c.after > 0)
        .group_by(rows.c.subscription_id)
        .subquery()
    )
    return (
        select(first.c.subscription_id, first.c.id, SubscriptionChange.at)
        .join(SubscriptionChange, SubscriptionChange.id == first.c.id)
        .subquery()
    )


def _counts(
    told: InstrumentedAttribute[dict[str, object] | None]
    | InstrumentedAttribute[dict[str, object]],
    arr_cents: InstrumentedAttribute[int],
) -> ColumnElement[int]:
    """What counts of an annual amount, by the status and source told beside it (D27)."""
    earns = and_(
        told["status"].as_string().in_(EARNING), told["billing_source"].as_string().in_(PAID_FOR)
    )
    return case((earns, arr_cents), else_=0)


def _span(at: SQLColumnExpression[datetime], starts: Sequence[datetime]) -> ColumnElement[int]:
    """Which of the months that begin at `starts` holds an instant."""
    return case(
        *((at < start, literal(place - 1)) for place, start in enumerate(starts)),
        else_=literal(len(starts) - 1),
    )
