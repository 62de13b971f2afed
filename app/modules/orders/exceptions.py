"""What can go wrong with orders."""

from app.kit.errors import Conflict, NotFound


class OrderNotFound(NotFound):
    """No such order in this store."""

    code = "order_not_found"


class OrderStatusNotPossible(Conflict):
    """The order's way does not lead from its status to the wanted one."""

    code = "order_status_not_possible"
