"""Tables of this module."""

from app.modules.orders.models.order import Order, OrderSource, OrderStatus
from app.modules.orders.models.order_number import OrderNumber

__all__ = ["Order", "OrderNumber", "OrderSource", "OrderStatus"]
