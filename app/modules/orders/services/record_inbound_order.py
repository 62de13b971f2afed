"""Taking in an order that a shop or a marketplace sends (D17)."""

from dataclasses import dataclass

from app.contracts.features import gate
from app.contracts.tenants import StoreRef
from app.kit.db import TransactionConflict, UnitOfWork, unit_of_work
from app.modules.orders.models import Order, OrderSource
from app.modules.orders.repositories.numbers import take_number
from app.modules.orders.repositories.orders import find_by_external_id
from app.modules.orders.services.order_draft import MAX_ORDERS_PER_MONTH, OrderDraft, new_order


@dataclass(frozen=True)
class InboundOrder:
    """An order taken in; `is_new` is false when it had come before."""

    order: Order
    is_new: bool


def record_inbound_order(store: StoreRef, *, external_id: str, draft: OrderDraft) -> InboundOrder:
    """Take in an order, once however often it is sent; never refused for a limit.

    Opens its units of work itself, since the gate decides between them whether orders are
    accepted while no subscription runs. Raises InvalidInput, SubscriptionInactive, and
    TransactionConflict where another request takes in the same order at this moment.
    """
    with unit_of_work(read_only=True) as work:
        present = find_by_external_id(work.session, store, external_id)
    if present is not None:
        return InboundOrder(present, is_new=False)
    is_open = gate().admit_inbound(store.owner)
    with unit_of_work() as work:
        order = _add(work, store, draft, external_id=external_id, is_open=is_open)
    return InboundOrder(order, is_new=True)


def _add(
    work: UnitOfWork, store: StoreRef, draft: OrderDraft, *, external_id: str, is_open: bool
) -> Order:
    number = take_number(work.session, store)
    order = new_order(store, draft, source=OrderSource.INBOUND, number=number)
    order.external_id = external_id
    order.accepted_while_restricted = not is_open
    with work.conflicts({"orders.merchant_id": TransactionConflict}):
        work.session.add(order)
    gate().record(work, store.owner, {MAX_ORDERS_PER_MONTH: 1})
    return order
