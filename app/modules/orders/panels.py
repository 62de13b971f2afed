"""What stores' first pages show of orders."""

from app.contracts.panels import Panel
from app.modules.orders.permissions import VIEW_ORDERS
from app.modules.orders.services.today import orders_today

PANELS = (
    Panel(
        page="tenancy.store.figures",
        template="orders/store/today.html",
        permission=VIEW_ORDERS,
        values=orders_today,
        order=10,
    ),
)
