"""What a store's first page says of today's orders."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from app.kit.clocks import Clocks, SettableClock, clocks, configure_clocks
from app.kit.db import unit_of_work
from app.modules.orders.models import Order, OrderStatus
from tests.factories.orders import an_order
from tests.factories.tenancy import AShop
from tests.integration.browser import Visitor
from tests.integration.stat_cards import stat_card

# In Luxembourg, two hours ahead, this day began at 22:00 of the day before.
NOW = datetime(2026, 7, 15, 9, tzinfo=UTC)
MIDNIGHT = datetime(2026, 7, 14, 22, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _at_nine() -> Iterator[None]:
    real = clocks()
    configure_clocks(Clocks(system=SettableClock(NOW)))
    yield
    configure_clocks(real)


def come_at(shop: AShop, at: datetime, *, status: OrderStatus = OrderStatus.NEW) -> None:
    """Take an order of 25.00 that came at an instant."""
    order_id = an_order(shop)
    with unit_of_work() as work:
        order = work.session.get_one(Order, order_id)
        order.created_at, order.status = at, status


def card(visitor: Visitor, shop: AShop, label: str) -> list[str]:
    """Figure and remark of one card of the store's first page."""
    return stat_card(visitor.get(f"/store/{shop.store_code}?lang=en").text, label)


def test_it_sums_up_today_beside_yesterday_by_the_stores_zone(owner: Visitor, shop: AShop) -> None:
    come_at(shop, NOW)
    come_at(shop, MIDNIGHT)
    come_at(shop, MIDNIGHT.replace(hour=21, minute=59))
    come_at(shop, MIDNIGHT.replace(day=13, hour=21, minute=59))
    assert card(owner, shop, "Orders today") == ["2", "Yesterday: 1"]
    assert card(owner, shop, "Sales today") == ["€50.00", "Yesterday: €25.00"]


def test_it_leaves_out_cancelled_orders(owner: Visitor, shop: AShop) -> None:
    come_at(shop, NOW, status=OrderStatus.CANCELLED)
    come_at(shop, NOW, status=OrderStatus.SHIPPED)
    assert card(owner, shop, "Orders today") == ["1", "Yesterday: 0"]


def test_it_shows_noughts_where_nothing_came(owner: Visitor, shop: AShop) -> None:
    assert card(owner, shop, "Orders today") == ["0", "Yesterday: 0"]
    assert card(owner, shop, "Sales today") == ["€0.00", "Yesterday: €0.00"]
