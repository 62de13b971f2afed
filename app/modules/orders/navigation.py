"""Where people find orders."""

from app.contracts.navigation import Area, NavigationEntry
from app.modules.orders.permissions import VIEW_ORDERS

NAVIGATION = (
    NavigationEntry(
        area=Area.STORE,
        group="tenancy.store.navigation",
        label="orders.title",
        href="/store/{store_code}/orders",
        icon="shopping-cart",
        permission=VIEW_ORDERS,
        order=30,
    ),
)
