"""Moving an order along its way."""

from app.contracts.tenants import StoreRef
from app.kit.db import UnitOfWork
from app.kit.http.etags import check_version
from app.modules.orders.exceptions import OrderStatusNotPossible
from app.modules.orders.models import Order, OrderStatus
from app.modules.orders.repositories.orders import get_order

WAYS: dict[OrderStatus, tuple[OrderStatus, ...]] = {
    OrderStatus.NEW: (OrderStatus.PAID, OrderStatus.CANCELLED),
    OrderStatus.PAID: (OrderStatus.SHIPPED, OrderStatus.CANCELLED),
    OrderStatus.SHIPPED: (),
    OrderStatus.CANCELLED: (),
}


def update_status(
    work: UnitOfWork, store: StoreRef, order_id: int, *, status: OrderStatus, expected: int | None
) -> Order:
    """Give an order its next status; a cancelled one counts in its month all the same (D14).

    Raises OrderNotFound, PreconditionFailed, OrderStatusNotPossible.
    """
    order = get_order(work.session, store, order_id)
    check_version(order.version, expected)
    present = OrderStatus(order.status)
    if status is present:
        return order
    if status not in WAYS[present]:
        raise OrderStatusNotPossible(
            present=present.value, wanted=status.value, possible=[*WAYS[present]]
        )
    order.status = status
    work.session.flush()
    return order
