"""Counting orders for snapshots and for a store's analytics."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from app.contracts.tenants import StoreRef
from app.kit.calendar import Window
from app.kit.day_sums import sums_by_day
from app.modules.orders.models import Order, OrderStatus


@dataclass(frozen=True)
class Turnover:
    """How many orders there were and what they came to, in minor units; cancelled ones not."""

    orders: int
    total_cents: int


def turnover(session: Session, store: StoreRef, window: Window) -> Turnover:
    """Sum up the orders that a store got within a window."""
    orders, total = session.execute(
        select(func.count(), func.coalesce(func.sum(Order.total_cents), 0)).where(
            Order.merchant_id == store.owner.merchant_id,
            Order.store_id == store.id,
            Order.created_at >= window.start,
            Order.created_at < window.end,
            Order.status != OrderStatus.CANCELLED,
        )
    ).one()
    return Turnover(orders, int(total))


def count_of_merchant(session: Session, merchant_id: int, *, since: datetime) -> int:
    """Return how many orders a merchant got since then, cancelled ones left aside."""
    counted = select(func.count()).where(
        Order.merchant_id == merchant_id,
        Order.created_at >= since,
        Order.status != OrderStatus.CANCELLED,
    )
    return session.scalars(counted).one()


def count_by_platform(session: Session, since: datetime) -> dict[int, int]:
    """Return platforms with the orders that came since then, whatever became of them (D14)."""
    found = session.execute(
        select(Order.platform_id, func.count().label("counted"))
        .where(Order.created_at >= since)
        .group_by(Order.platform_id)
    )
    return {row.platform_id: row.counted for row in found}


def with_orders(since: datetime) -> Select[int, int]:
    """Return the query of platforms and merchants that had an order since then."""
    return select(Order.platform_id, Order.merchant_id).where(Order.created_at >= since)


def sold_between(
    session: Session, store: StoreRef, starts: Sequence[datetime]
) -> list[tuple[int, ...]]:
    """Return number and worth of a store's orders between each instant and the next.

    Cancelled ones do not count; money in minor units.
    """
    own = (
        Order.merchant_id == store.owner.merchant_id,
        Order.store_id == store.id,
        Order.status != OrderStatus.CANCELLED,
    )
    return sums_by_day(session, Order.created_at, own, starts, Order.total_cents)
