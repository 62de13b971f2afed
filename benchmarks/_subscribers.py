"""A million subscriptions, made by the database itself."""

from datetime import timedelta
from typing import Any

from sqlalchemy import (
    Integer,
    SQLColumnExpression,
    String,
    case,
    cast,
    func,
    insert,
    literal,
    select,
)

from app.kit.clocks import business_now
from app.kit.db import database, unit_of_work
from app.modules.billing.models import BillingSource, MerchantSubscription, SubscriptionTier
from app.modules.billing.repositories import tallies
from app.modules.tenancy.models import Merchant
from benchmarks._population import shops

Columns = dict[str, SQLColumnExpression[Any]]


def subscribers(number: int) -> int:
    """Give a platform so many merchants with a subscription each; returns the platform's id.

    Tiers take turns; of ten one is on trial, one past due, one cancelled, the others are active.
    """
    first = shops(1)[0]
    with unit_of_work() as work:
        _insert(work.session, Merchant, _merchants(number))
        _insert(work.session, MerchantSubscription, _subscriptions(first.owner.platform_id))
        tallies.count_anew(work.session)
    with database().engine.connect() as connection:
        connection.exec_driver_sql(
            "PRAGMA query_only = OFF" if database().is_sqlite else "SELECT 1"
        )
        connection.exec_driver_sql("ANALYZE")
        connection.commit()
    return first.owner.platform_id


def _insert(session: Any, table: Any, columns_and_rows: tuple[Columns, Any]) -> None:
    columns, rows = columns_and_rows
    session.execute(insert(table).from_select(list(columns), rows))


def _merchants(number: int) -> tuple[Columns, Any]:
    start = select(literal(1).label("n")).cte("numbers", recursive=True)
    numbers = start.union_all(select(start.c.n + 1).where(start.c.n < number))
    columns: Columns = {
        "name": literal("Merchant ").concat(cast(numbers.c.n, String)),
        "owner_user_id": select(func.min(Merchant.owner_user_id)).scalar_subquery(),
        "contact_email": literal("office@example.test"),
        "country": literal("LU"),
        "is_active": literal(True),
        "is_verified": literal(False),
        "version": literal(1),
        "created_at": literal(business_now(), Merchant.created_at.type),
    }
    return columns, select(*columns.values()).select_from(numbers)


def _subscriptions(platform_id: int) -> tuple[Columns, Any]:
    now, at = business_now(), MerchantSubscription.created_at.type
    turn = cast(Merchant.id, Integer) % 10
    status = case(
        (turn == 0, "trial"), (turn == 1, "past_due"), (turn == 2, "cancelled"), else_="active"
    )
    days = cast(Merchant.id, Integer) % 30
    ends = case(*((days == one, literal(now + timedelta(days=one), at)) for one in range(30)))
    columns: Columns = {
        "merchant_id": Merchant.id,
        "platform_id": literal(platform_id),
        "tier_id": SubscriptionTier.id,
        "status": status,
        "billing_source": literal(BillingSource.MANUAL.value),
        "is_annual": literal(False),
        "period_start": literal(now, at),
        "period_end": ends,
        "usage_anchor": literal(now, at),
        "currency": SubscriptionTier.currency,
        "unit_amount_cents": SubscriptionTier.price_monthly_cents,
        "discount_cents": literal(0),
        "arr_cents": SubscriptionTier.price_monthly_cents * 12,
        "has_payment_method": literal(False),
        "payment_retry_count": literal(0),
        "version": literal(1),
        "created_at": literal(now, at),
    }
    known = select(MerchantSubscription.merchant_id)
    rows = (
        select(*columns.values())
        .select_from(Merchant)
        .join(SubscriptionTier, SubscriptionTier.rank == cast(Merchant.id, Integer) % 4 + 1)
        .where(Merchant.id.not_in(known))
    )
    return columns, rows
