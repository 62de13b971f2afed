"""Counting orders by set queries: over merchants with the same window, and day by day."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.contracts.features import Window
from app.contracts.tenants import Owner
from app.kit.among import among
from app.kit.day_sums import sums_by_day
from app.modules.orders.models import Order

MERCHANTS_AT_ONCE = 1_000


def count_orders(
    session: Session, platform_id: int, *, windows: Mapping[int, Window]
) -> Iterator[tuple[int, int]]:
    """Yield merchants of a platform with how many orders were created in their windows."""
    sharing: defaultdict[Window, list[int]] = defaultdict(list)
    for merchant_id, window in windows.items():
        sharing[window].append(merchant_id)
    for window, merchant_ids in sharing.items():
        for start in range(0, len(merchant_ids), MERCHANTS_AT_ONCE):
            some = merchant_ids[start : start + MERCHANTS_AT_ONCE]
            yield from _count(session, platform_id, some, window=window)


def orders_by_day(session: Session, owner: Owner, starts: Sequence[datetime]) -> list[int]:
    """Return how many orders a merchant got in each span, whatever became of them (D14)."""
    own = (Order.merchant_id == owner.merchant_id, Order.platform_id == owner.platform_id)
    return [count for (count,) in sums_by_day(session, Order.created_at, own, starts)]


def _count(
    session: Session, platform_id: int, merchant_ids: list[int], *, window: Window
) -> Iterator[tuple[int, int]]:
    rows = session.execute(
        select(Order.merchant_id, func.count())
        .where(
            among(Order.merchant_id, merchant_ids),
            Order.platform_id == platform_id,
            Order.created_at >= window.start,
            Order.created_at < window.end,
        )
        .group_by(Order.merchant_id)
    )
    return ((merchant_id, used) for merchant_id, used in rows)
