"""Figures of a store's orders."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.contracts.tenants import StoreRef
from app.kit.calendar import Window
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
