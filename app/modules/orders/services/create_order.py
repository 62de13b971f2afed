"""Writing an order down by hand."""

from app.contracts.features import gate
from app.contracts.tenants import StoreRef
from app.kit.db import UnitOfWork
from app.modules.orders.models import Order, OrderSource
from app.modules.orders.repositories.numbers import take_number
from app.modules.orders.services.order_draft import MAX_ORDERS_PER_MONTH, OrderDraft, new_order


def create_order(work: UnitOfWork, store: StoreRef, *, draft: OrderDraft) -> Order:
    """Add an order and take one unit of the month's `max_orders_per_month` (D15, D16).

    Raises InvalidInput, and what the gate refuses with.
    """
    number = take_number(work.session, store)
    order = new_order(store, draft, source=OrderSource.MANUAL, number=number)
    work.session.add(order)
    work.session.flush()
    gate().reserve(work, store.owner, {MAX_ORDERS_PER_MONTH: 1})
    return order
