"""What may be done with orders (D2)."""

from app.contracts.permissions import STORE_STAFF, Permission, Role

VIEW_ORDERS = "orders.view_orders"
MANAGE_ORDERS = "orders.manage_orders"
SEND_ORDERS = "orders.send_orders"

PERMISSIONS = (
    Permission(VIEW_ORDERS, STORE_STAFF, scope="read"),
    Permission(MANAGE_ORDERS, STORE_STAFF, scope="orders:write"),
    Permission(SEND_ORDERS, STORE_STAFF | {Role.SERVICE}, scope="orders:inbound"),
)
