"""Many rows at once, counted as single ones are."""

from typing import Any

from sqlalchemy import ColumnElement, String, cast, insert, literal, select

from app.contracts.features import gate
from app.kit.clocks import business_now
from app.kit.db import unit_of_work
from app.modules.catalog.models import Product
from app.modules.orders.models import Order, OrderSource
from tests.factories.tenancy import AShop


def add_products(shop: AShop, prefix: str, number: int) -> None:
    """Add products by one statement."""
    first = select(literal(1).label("n")).cte("numbers", recursive=True)
    numbers = first.union_all(select(first.c.n + 1).where(first.c.n < number))
    now = business_now()
    columns: dict[str, ColumnElement[Any]] = {
        "merchant_id": literal(shop.merchant_id),
        "platform_id": literal(shop.platform_id),
        "store_id": literal(shop.store_id),
        "name": literal("Riesling"),
        "sku": literal(prefix).concat(cast(numbers.c.n, String)),
        "description": literal(""),
        "price_cents": literal(100),
        "currency": literal("EUR"),
        "is_active": literal(True),
        "image_media_ids": literal([], Product.image_media_ids.type),
        "version": literal(1),
        "created_at": literal(now, Product.created_at.type),
        "updated_at": literal(now, Product.updated_at.type),
        "deleted_with_store": literal(False),
    }
    with unit_of_work() as work:
        work.session.execute(insert(Product).from_select(list(columns), select(*columns.values())))
        gate().record(work, shop.owner, {"max_products": number})


def add_orders(shop: AShop, prefix: str, number: int, *, after: int) -> None:
    """Add orders that a shop sent, with the numbers after `after`, by one statement."""
    order = {
        "merchant_id": shop.merchant_id,
        "platform_id": shop.platform_id,
        "store_id": shop.store_id,
        "source": OrderSource.INBOUND,
        "customer_name": "Anne Weber",
        "customer_email": "anne@example.test",
        "lines": [],
        "total_cents": 900,
        "currency": "EUR",
        "created_at": business_now(),
    }
    with unit_of_work() as work:
        rows = [
            {**order, "number": after + n, "external_id": f"{prefix}{n}"}
            for n in range(1, number + 1)
        ]
        work.session.execute(insert(Order), rows)
        gate().record(work, shop.owner, {"max_orders_per_month": number})
