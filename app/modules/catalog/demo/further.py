"""Products of a scaled demo's further stores, two each, by one statement."""

from typing import Any

from sqlalchemy import SQLColumnExpression, String, cast, insert, literal, select

from app.contracts.demo import DemoPlan
from app.kit.db import UnitOfWork
from app.kit.set_rows import choices, chosen, numbers
from app.modules.catalog.demo.goods import KINDS
from app.modules.catalog.models import Product
from app.modules.tenancy.public import further_stores

PRODUCTS_EACH = 2
PRICES_CENTS = (295, 845, 1_295, 1_990, 4_500)


def add_products_of_further(work: UnitOfWork, plan: DemoPlan) -> None:
    """Give every further store its products."""
    store, each = further_stores(), numbers(PRODUCTS_EACH)
    goods = choices("goods", {"name": String(), "description": String()}, KINDS)
    prices = choices(
        "prices", {"cents": Product.price_cents.type}, [(one,) for one in PRICES_CENTS]
    )
    number = store.c.n * PRODUCTS_EACH + each.c.n
    added_at = literal(plan.now, Product.created_at.type)
    columns: dict[str, SQLColumnExpression[Any]] = {
        "merchant_id": store.c.merchant_id,
        "platform_id": store.c.platform_id,
        "store_id": store.c.id,
        "name": goods.c.name,
        "sku": store.c.code.concat("-").concat(cast(each.c.n + 1, String)),
        "description": goods.c.description,
        "price_cents": prices.c.cents,
        "currency": store.c.currency,
        "is_active": literal(True),
        "image_media_ids": literal([], Product.image_media_ids.type),
        "created_at": added_at,
        "updated_at": added_at,
    }
    rows = (
        select(*columns.values())
        .select_from(store)
        .join(each, literal(True))
        .join(goods, chosen(goods, len(KINDS), number))
        .join(prices, chosen(prices, len(PRICES_CENTS), number))
        .order_by(number)
    )
    work.session.execute(insert(Product).from_select(list(columns), rows))
