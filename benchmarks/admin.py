"""The list of subscriptions and its figures at a million merchants, as the services answer them.

Beside the same statements by SQLAlchemy Core, a GROUP BY over a covering index, and the same
change of a subscription without its figures. Another number of merchants may be given.
"""

import sys
from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any
from unittest.mock import patch

from sqlalchemy import func, select, text

from app.contracts.tenants import AdminScope, Owner
from app.kit.db import Database, unit_of_work
from app.kit.pagination import PageRequest
from app.modules.billing.models import (
    CUSTOMER,
    EARNING,
    BillingSource,
    MerchantFeatureOverride,
    MerchantSubscription,
    SubscriptionStatus,
    SubscriptionTier,
    TierFeatureLimit,
)
from app.modules.billing.repositories.admin_subscriptions import SubscriptionFilters
from app.modules.billing.services.actor import Actor, Operator
from app.modules.billing.services.admin_subscription_service import AdminSubscriptionService
from app.modules.billing.services.operated_plan import PlanWrite
from app.modules.tenancy.models import Merchant, Platform
from benchmarks._databases import KINDS, fresh_database
from benchmarks._report import Figure, report
from benchmarks._subscribers import subscribers
from benchmarks._timing import in_turns

MERCHANTS = 1_000_000
SORT = "period_end"
A_PAGE, FAR = 50, 1_000
COVERING = (
    "CREATE INDEX bench_covering ON merchant_subscriptions "
    "(platform_id, tier_id, status, billing_source, arr_cents)"
)
NOTED = "app.modules.billing.services.subscription_changes.note_subscriptions"
EVERYTHING = AdminScope(None)
OPERATOR = Operator(Actor("user:1"), EVERYTHING, EVERYTHING)
one = MerchantSubscription


def main() -> int:
    """Measure and report."""
    number = int(next((one for one in sys.argv[1:] if one.isdigit()), MERCHANTS))
    figures: list[Figure] = []
    for kind in KINDS:
        with fresh_database(kind) as database:
            figures += _measure(kind, database, subscribers(number))
    with fresh_database("sqlite"):
        subscribers(1_000)
        return report("admin", figures, profiled=_list)


def _measure(kind: str, database: Database, platform_id: int) -> list[Figure]:
    cursor = _far_cursor()
    position = _end_of_page(cursor)
    assert _ids(_list(cursor)) == _ids(_core(position))
    near, far, core = in_turns(_list, partial(_list, cursor), partial(_core, None), rounds=15)
    with database.engine.begin() as connection:
        if database.is_sqlite:
            connection.exec_driver_sql("PRAGMA query_only = OFF")
        connection.execute(text(COVERING))
    assert _statistics() == _group_by()
    stats, grouped = in_turns(_statistics, _group_by, rounds=7)
    noted, plain = _writes(platform_id)
    ms = 1000.0
    return [
        Figure(f"{kind}, first page", "ms", near * ms, 3, core * ms),
        Figure(f"{kind}, page {FAR:,} over page 1", "ms", far * ms, 1.3, near * ms),
        Figure(f"{kind}, figures a second", "/s", 1 / stats, 50, 1 / grouped, at_most=False),
        Figure(f"{kind}, change of a subscription", "ms", noted * ms, 1.3, plain * ms),
    ]


def _filters() -> SubscriptionFilters:
    return SubscriptionFilters(None, status=SubscriptionStatus.ACTIVE, tier="professional")


def _list(cursor: str | None = None, limit: int = A_PAGE) -> Any:
    request = PageRequest(limit=limit, cursor=cursor, sort=SORT)
    with unit_of_work(read_only=True) as work:
        return AdminSubscriptionService().list(work, _filters(), request)


def _far_cursor() -> str | None:
    """Where page 1,000 begins; larger pages lead there."""
    cursor, steps = None, 199
    for _ in range(A_PAGE * (FAR - 1) // steps):
        cursor = _list(cursor, steps).next_cursor or cursor
    return cursor


def _end_of_page(cursor: str | None) -> Any:
    """The row before the first one of a page, for the side that has no cursors."""
    first = _list(cursor).items[0].subscription
    return first.period_end, first.id - 1


def _ids(page: Any) -> list[int]:
    rows = page if isinstance(page, Sequence) else [row.subscription for row in page.items]
    return [row.id for row in rows]


def _core(position: Any) -> Sequence[Any]:
    """The same rows with the same columns, by plain statements."""
    tier_ids = select(SubscriptionTier.id).where(SubscriptionTier.code == "professional")
    rows = (
        select(one.__table__, Merchant.name, Merchant.contact_email, Platform.code)
        .join(Merchant, Merchant.id == one.merchant_id)
        .join(Platform, Platform.id == one.platform_id)
        .where(one.status == SubscriptionStatus.ACTIVE)
        .order_by(one.period_end, one.id)
        .limit(A_PAGE)
    )
    if position is not None:
        end, last = position
        rows = rows.where((one.period_end > end) | ((one.period_end == end) & (one.id > last)))
    with unit_of_work(read_only=True) as work:
        ids = work.session.scalars(tier_ids).all()
        matching = select(one.id).where(one.status == SubscriptionStatus.ACTIVE)
        bounded = matching.where(one.tier_id.in_(ids)).limit(10_001).subquery()
        work.session.scalars(select(func.count()).select_from(bounded)).one()
        found = work.session.connection().execute(rows.where(one.tier_id.in_(ids))).all()
        merchants = [row.merchant_id for row in found]
        work.session.execute(
            select(TierFeatureLimit).where(TierFeatureLimit.tier_id.in_(ids))
        ).all()
        overrides = select(MerchantFeatureOverride.merchant_id, func.count()).where(
            MerchantFeatureOverride.merchant_id.in_(merchants)
        )
        work.session.execute(overrides.group_by(MerchantFeatureOverride.merchant_id)).all()
        return found


def _statistics() -> tuple[int, int, int]:
    with unit_of_work(read_only=True) as work:
        totals = AdminSubscriptionService().statistics(work, EVERYTHING).totals
    return totals.total, totals.customers, totals.arr_cents


def _group_by() -> tuple[int, int, int]:
    columns = (one.platform_id, one.tier_id, one.status, one.billing_source)
    query = select(*columns, func.count(), func.sum(one.arr_cents)).group_by(*columns)
    with unit_of_work(read_only=True) as work:
        rows = work.session.execute(query).all()
    paid = [row for row in rows if row[2] in EARNING and row[3] != BillingSource.COMP]
    customers = sum(row[4] for row in rows if row[2] in CUSTOMER)
    return sum(row[4] for row in rows), customers, int(sum(row[5] for row in paid))


def _writes(platform_id: int) -> list[float]:
    """Seconds of a change of tier, with its figures and without."""
    with unit_of_work(read_only=True) as work:
        active = select(one.merchant_id).where(one.status == SubscriptionStatus.ACTIVE)
        owners = [Owner(id_, platform_id) for id_ in work.session.scalars(active.limit(400))]
    turns: Iterator[tuple[Owner, str]] = iter(
        [(owner, tier) for tier in ("business", "essential") for owner in owners]
    )

    def change() -> None:
        owner, tier = next(turns)
        write = PlanWrite(given=frozenset({"tier_code"}), tier_code=tier)
        AdminSubscriptionService().write(OPERATOR, owner, write, expected=None)

    def without() -> None:
        with patch(NOTED):
            change()

    return in_turns(change, without, rounds=300)


if __name__ == "__main__":
    sys.exit(main())
