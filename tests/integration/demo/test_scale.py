"""Further merchants of a scaled demo, made by the database itself."""

import re
from datetime import UTC, datetime

from sqlalchemy import func, select

from app.bootstrap import System
from app.contracts.demo import DemoPlan
from app.contracts.features import gate
from app.contracts.tenants import Owner
from app.kit.db import Database, unit_of_work
from app.modules.billing.models import MerchantSubscription, SubscriptionTier, UsageCounter
from app.modules.billing.public import reconcile
from app.modules.catalog.models import Product
from app.modules.orders.models import Order
from app.modules.tenancy.models import Merchant, Store, User
from app.modules.tenancy.public import named_stores
from tests.integration.queries import counted_statements

NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)


def seeded(system: System, scale: int) -> list[str]:
    """Write the demo data; returns the statements that it took."""
    plan = DemoPlan(now=NOW, scale=scale)
    with unit_of_work() as work, counted_statements() as statements:
        for module in system.modules:
            if module.demo is not None:
                module.demo(work, plan)
    return statements


def test_it_gives_each_further_merchant_owner_store_plan_products_and_an_order(
    system: System, database: Database
) -> None:
    seeded(system, 365)
    with unit_of_work(read_only=True) as work:
        owner, merchant, store, subscription, tier = work.session.execute(
            select(User, Merchant, Store, MerchantSubscription, SubscriptionTier)
            .join(Merchant, Merchant.owner_user_id == User.id)
            .join(Store, Store.merchant_id == Merchant.id)
            .join(MerchantSubscription, MerchantSubscription.merchant_id == Merchant.id)
            .join(SubscriptionTier, SubscriptionTier.id == MerchantSubscription.tier_id)
            .where(Store.code == "shop-12")
        ).one()
        products = work.session.scalars(
            select(Product.sku).where(Product.store_id == store.id).order_by(Product.sku)
        ).all()
        order = work.session.scalars(select(Order).where(Order.store_id == store.id)).one()
        last = work.session.scalars(select(func.count()).where(Store.code == "shop-366")).one()
    assert owner.email == "owner@shop-12.test"
    assert owner.locale == "fr"
    assert merchant.name == store.name == "Boulangerie Muller 12"
    assert (tier.code, subscription.status, subscription.billing_source) == (
        "professional",
        "active",
        "manual",
    )
    assert subscription.arr_cents == tier.price_monthly_cents * 12
    assert products == ["shop-12-1", "shop-12-2"]
    assert (order.number, order.total_cents, order.created_at.date().isoformat()) == (
        1,
        5_370,
        "2026-10-20",
    )
    assert last == 0


def test_it_takes_seven_statements_for_a_thousand(system: System, database: Database) -> None:
    statements = seeded(system, 1_000)
    made = [one for one in statements if "RECURSIVE" in one or "further_stores" in one]
    tables = [re.findall(r"INSERT INTO (\w+)", one)[0] for one in made]
    assert tables == [
        "users",
        "merchants",
        "stores",
        "merchant_subscriptions",
        "products",
        "orders",
        "order_numbers",
    ]


def test_it_begins_their_counters_by_recounting(system: System, database: Database) -> None:
    seeded(system, 3)
    assert [one for step in reconcile() for one in step.drifts] == []
    with unit_of_work(read_only=True) as work:
        store = work.session.scalars(select(Store).where(Store.code == "shop-3")).one()
        counted = dict(
            work.session.execute(
                select(UsageCounter.feature_code, UsageCounter.used).where(
                    UsageCounter.merchant_id == store.merchant_id
                )
            ).all()
        )
    assert counted["max_products"] == 2
    assert counted["max_stores"] == 1
    owner = Owner(store.merchant_id, store.platform_id)
    assert gate().check(owner, "max_products").current == 2


def test_it_tells_named_stores_from_further_ones(system: System, database: Database) -> None:
    seeded(system, 2)
    with unit_of_work(read_only=True) as work:
        named = [store.code for store in named_stores(work)]
        every = work.session.scalars(select(func.count()).select_from(Store)).one()
    assert "weber" in named
    assert "shop-1" not in named
    assert len(named) == every - 2
