"""Orders of a scaled demo's further stores, one each within the last year, by two statements."""

from datetime import timedelta
from typing import Any

from sqlalchemy import SQLColumnExpression, String, insert, literal, select

from app.contracts.demo import DemoPlan
from app.kit.db import UnitOfWork
from app.kit.set_rows import choices, chosen
from app.modules.orders.demo.buying import BUYERS, address_of
from app.modules.orders.models import Order, OrderNumber, OrderSource, OrderStatus
from app.modules.tenancy.public import further_stores

DAYS = 365
LINES = [{"name": "Riesling", "sku": None, "quantity": 6, "unit_price_cents": 895}]
TOTAL_CENTS = 6 * 895


def add_orders_of_further(work: UnitOfWork, plan: DemoPlan) -> None:
    """Give every further store an order, spread over the year, and its count of orders."""
    store = further_stores()
    buyers = choices(
        "buyers",
        {"name": String(), "email": String()},
        [(name, address_of(name)) for name in BUYERS],
    )
    days = choices(
        "days",
        {"at": Order.created_at.type},
        [(plan.now - timedelta(days=day),) for day in range(1, DAYS + 1)],
    )
    columns: dict[str, SQLColumnExpression[Any]] = {
        "merchant_id": store.c.merchant_id,
        "platform_id": store.c.platform_id,
        "store_id": store.c.id,
        "number": literal(1),
        "source": literal(OrderSource.MANUAL, Order.source.type),
        "customer_name": buyers.c.name,
        "customer_email": buyers.c.email,
        "lines": literal(LINES, Order.lines.type),
        "total_cents": literal(TOTAL_CENTS),
        "currency": store.c.currency,
        "status": literal(OrderStatus.SHIPPED, Order.status.type),
        "accepted_while_restricted": literal(False),
        "created_at": days.c.at,
    }
    rows = (
        select(*columns.values())
        .select_from(store)
        .join(buyers, chosen(buyers, len(BUYERS), store.c.n))
        .join(days, chosen(days, DAYS, store.c.n))
        .order_by(store.c.n)
    )
    work.session.execute(insert(Order).from_select(list(columns), rows))
    counted = select(store.c.id, literal(1))
    work.session.execute(insert(OrderNumber).from_select(["store_id", "last"], counted))
