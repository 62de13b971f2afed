"""Orders of a shop's store."""

from app.kit.db import unit_of_work
from app.modules.orders.models import Order
from app.modules.orders.services.create_order import create_order
from app.modules.orders.services.order_draft import OrderDraft, OrderLine
from tests.factories.catalog import store_of
from tests.factories.tenancy import AShop

ORDER = {
    "customer_name": "Anne Weber",
    "customer_email": "anne@example.test",
    "lines": [
        {"name": "Riesling", "quantity": 2, "unit_price_cents": 1250},
        {"name": "Box", "sku": "box", "quantity": 1, "unit_price_cents": 300},
    ],
}


def an_order_draft(*, name: str = "Anne Weber", cents: int = 1250) -> OrderDraft:
    """Describe an order to be."""
    return OrderDraft(name, "anne@example.test", (OrderLine("Riesling", 2, cents),))


def an_order(shop: AShop, *, name: str = "Anne Weber", cents: int = 1250) -> int:
    """Write an order down as the product itself does; returns the id."""
    with unit_of_work() as work:
        draft = an_order_draft(name=name, cents=cents)
        return create_order(work, store_of(shop), draft=draft).id


def count_orders(shop: AShop) -> int:
    """Return how many orders the store has."""
    with unit_of_work(read_only=True) as work:
        return work.session.query(Order).filter_by(store_id=shop.store_id).count()
