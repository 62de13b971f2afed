"""Merchants to measure with, written at once."""

from datetime import timedelta
from itertools import cycle
from typing import Any

from sqlalchemy import SQLColumnExpression, String, cast, delete, insert, literal, select

from app.contracts.tenants import Owner, StoreRef
from app.kit.clocks import business_now
from app.kit.db import unit_of_work
from app.modules.billing.models import MerchantSubscription, SubscriptionTier, UsageCounter
from app.modules.billing.services.ship import ship_to_platform
from app.modules.catalog.models import Product
from app.modules.tenancy.models import Merchant, Platform, Store, User, UserType


def shops(number: int, *, tier: str | None = None) -> list[StoreRef]:
    """Add merchants with a store each, on a tier or on all in turn; returns the stores."""
    now = business_now()
    with unit_of_work() as work:
        platform = Platform(code="bench", name="Bench", currency="EUR", created_at=now)
        person = User(
            email="owner@example.test",
            password_hash="",
            user_type=UserType.MERCHANT_OWNER,
            display_name="Owner",
            locale="en",
            created_at=now,
        )
        work.session.add_all([platform, person])
        work.session.flush()
        ship_to_platform(work, platform.id, currency="EUR")
        merchants = [
            {
                "name": f"Merchant {index}",
                "owner_user_id": person.id,
                "contact_email": f"office{index}@example.test",
                "created_at": now,
            }
            for index in range(number)
        ]
        ids = work.session.scalars(insert(Merchant).returning(Merchant.id), merchants).all()
        stores = [
            {
                "code": f"store{one}",
                "subdomain": f"store{one}",
                "name": f"Store {one}",
                "merchant_id": one,
                "platform_id": platform.id,
                "created_at": now,
            }
            for one in ids
        ]
        work.session.execute(insert(Store), stores)
        found = work.session.execute(select(Store.id, Store.code, Store.merchant_id)).all()
        refs = [
            StoreRef(
                id=store_id,
                code=code,
                name=code,
                owner=Owner(merchant_id, platform.id),
                currency="EUR",
                timezone="Europe/Luxembourg",
                is_active=True,
            )
            for store_id, code, merchant_id in found
        ]
        chosen = select(SubscriptionTier).order_by(SubscriptionTier.rank)
        if tier is not None:
            chosen = chosen.where(SubscriptionTier.code == tier)
        tiers = work.session.scalars(chosen).all()
        subscriptions = [
            {
                "merchant_id": ref.owner.merchant_id,
                "platform_id": platform.id,
                "tier_id": sold.id,
                "status": "active",
                "billing_source": "manual",
                "period_start": now,
                "period_end": now + timedelta(days=30),
                "usage_anchor": now,
                "currency": sold.currency,
                "unit_amount_cents": sold.price_monthly_cents,
                "arr_cents": sold.price_monthly_cents * 12,
                "created_at": now,
            }
            for ref, sold in zip(refs, cycle(tiers), strict=False)
        ]
        work.session.execute(insert(MerchantSubscription), subscriptions)
    return refs


def add_products(stores: list[StoreRef], number: int) -> None:
    """Spread products over stores by one INSERT; counters are dropped, to be begun anew."""
    first = select(literal(1).label("n")).cte("numbers", recursive=True)
    numbers = first.union_all(select(first.c.n + 1).where(first.c.n < number // len(stores)))
    platform_id, now = stores[0].owner.platform_id, business_now()
    columns: dict[str, SQLColumnExpression[Any]] = {
        "merchant_id": Store.merchant_id,
        "platform_id": literal(platform_id),
        "store_id": Store.id,
        "name": literal("Riesling"),
        "sku": literal(f"bulk-{number}-").concat(cast(numbers.c.n, String)),
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
    rows = select(*columns.values()).select_from(Store).join(numbers, literal(True))
    with unit_of_work() as work:
        work.session.execute(insert(Product).from_select(list(columns), rows))
        work.session.execute(delete(UsageCounter))
