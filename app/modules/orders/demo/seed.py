"""Writing orders' demo data in set inserts; counters are recounted when all modules are done."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import islice
from random import Random
from typing import Any

from sqlalchemy import insert

from app.contracts.demo import DemoPlan
from app.contracts.tenants import StoreRef
from app.kit.db import UnitOfWork
from app.modules.orders.demo import buying
from app.modules.orders.demo.further import add_orders_of_further
from app.modules.orders.models import Order, OrderNumber, OrderSource
from app.modules.tenancy.public import named_stores

YEAR_S = 365 * 24 * 3600
ORDERS_OF = {"weber": 420, "weber-2": 60}
BY_HAND = 0.2
ROWS_AT_ONCE = 2_000


def seed_demo(work: UnitOfWork, plan: DemoPlan) -> None:
    """Add a year of orders to every store, more of them toward the end."""
    random = plan.random("orders")
    stores = list(named_stores(work))
    counts = {store.id: ORDERS_OF.get(store.code, random.randint(20, 420)) for store in stores}
    rows = (row for store in stores for row in _rows(store, counts[store.id], plan, random))
    while some := list(islice(rows, ROWS_AT_ONCE)):
        work.session.execute(insert(Order), some)
    numbers = [{"store_id": store_id, "last": count} for store_id, count in counts.items()]
    if numbers:
        work.session.execute(insert(OrderNumber), numbers)
    add_orders_of_further(work, plan)


def _rows(store: StoreRef, count: int, plan: DemoPlan, random: Random) -> Iterator[dict[str, Any]]:
    # The square root draws more of them near the end: the store grows.
    starts = sorted(random.random() ** 0.5 for _ in range(count))
    year_ago = plan.now - timedelta(seconds=YEAR_S)
    for number, part in enumerate(starts, start=1):
        at = year_ago + timedelta(seconds=int(part * YEAR_S))
        yield _row(store, number, at, now=plan.now, random=random)


def _row(
    store: StoreRef, number: int, at: datetime, *, now: datetime, random: Random
) -> dict[str, Any]:
    name, email = buying.buyer(random)
    lines = buying.lines(random)
    by_hand = random.random() < BY_HAND
    return {
        "merchant_id": store.owner.merchant_id,
        "platform_id": store.owner.platform_id,
        "store_id": store.id,
        "number": number,
        "source": OrderSource.MANUAL if by_hand else OrderSource.INBOUND,
        "external_id": None if by_hand else f"web-{store.id}-{number}",
        "customer_name": name,
        "customer_email": email,
        "lines": lines,
        "total_cents": sum(line["quantity"] * line["unit_price_cents"] for line in lines),
        "currency": store.currency,
        "status": buying.status(at, now, random),
        "accepted_while_restricted": False,
        "created_at": at,
    }
