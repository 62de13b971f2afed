"""Counting orders by set queries: over merchants and their windows, and day by day."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from sqlalchemy import and_, column, func, select, values
from sqlalchemy.orm import Session

from app.contracts.features import Window
from app.contracts.tenants import Owner
from app.kit.day_sums import sums_by_day
from app.kit.models import BigInt, UtcDateTime
from app.modules.orders.models import Order

MERCHANTS_AT_ONCE = 1_000


def count_orders(
    session: Session, platform_id: int, *, windows: Mapping[int, Window]
) -> Iterator[tuple[int, int]]:
    """Yield merchants of a platform with how many orders were created in their windows."""
    asked = list(windows.items())
    for start in range(0, len(asked), MERCHANTS_AT_ONCE):
        yield from _count(session, platform_id, asked[start : start + MERCHANTS_AT_ONCE])


def orders_by_day(session: Session, owner: Owner, starts: Sequence[datetime]) -> list[int]:
    """Return how many orders a merchant got in each span, whatever became of them (D14)."""
    own = (Order.merchant_id == owner.merchant_id, Order.platform_id == owner.platform_id)
    return [count for (count,) in sums_by_day(session, Order.created_at, own, starts)]


def _count(
    session: Session, platform_id: int, asked: list[tuple[int, Window]]
) -> Iterator[tuple[int, int]]:
    spans = (
        values(
            column("merchant_id", BigInt),
            column("starts_at", UtcDateTime),
            column("ends_at", UtcDateTime),
            name="spans",
        )
        .data([(merchant_id, window.start, window.end) for merchant_id, window in asked])
        .cte()
    )
    rows = session.execute(
        select(Order.merchant_id, func.count())
        .join(
            spans,
            and_(
                Order.merchant_id == spans.c.merchant_id,
                Order.created_at >= spans.c.starts_at,
                Order.created_at < spans.c.ends_at,
            ),
        )
        .where(Order.platform_id == platform_id)
        .group_by(Order.merchant_id)
    )
    return ((merchant_id, used) for merchant_id, used in rows)
