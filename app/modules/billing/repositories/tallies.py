"""The sums that figures are read from; the platform first."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import (
    Row,
    Select,
    and_,
    bindparam,
    case,
    delete,
    func,
    insert,
    literal,
    or_,
    select,
    text,
)
from sqlalchemy.orm import Session

from app.kit.many_rows import insert_rows
from app.modules.billing.models import (
    EARNING,
    PAID_FOR,
    Figure,
    MerchantSubscription,
    StoreAddOn,
    SubscriptionTally,
)

KEY = (
    SubscriptionTally.platform_id,
    SubscriptionTally.figure,
    SubscriptionTally.tier_id,
    SubscriptionTally.status,
    SubscriptionTally.billing_source,
    SubscriptionTally.day,
)
SUMS = (SubscriptionTally.amount, SubscriptionTally.paying, SubscriptionTally.arr_cents)
_COLUMNS = [column.key for column in (*KEY, *SUMS)]
AnyRow = Row[*tuple[Any, ...]]
# Built once, which spares each reading of the figures a third of its time.
_SUMMED = select(*KEY, *(func.sum(one).label(f"{one.key}_sum") for one in SUMS)).group_by(*KEY)
_RECENT = _SUMMED.where(
    or_(SubscriptionTally.day.is_(None), SubscriptionTally.day >= bindparam("since"))
)


def sums(session: Session, platform_ids: frozenset[int] | None, *, since: date) -> Sequence[AnyRow]:
    """Return key and sums of what there is, and of what happened from a day on (None: all)."""
    query, given = _RECENT, {"since": since}
    if platform_ids is not None:
        query = query.where(SubscriptionTally.platform_id.in_(platform_ids))
    return session.connection().execute(query, given).all()


def arr_by_platform(session: Session) -> dict[int, int]:
    """Return what counts for the annual revenue of every platform, in minor units."""
    rows = session.execute(
        select(SubscriptionTally.platform_id, func.sum(SubscriptionTally.arr_cents))
        .where(SubscriptionTally.day.is_(None))
        .group_by(SubscriptionTally.platform_id)
    )
    return {platform_id: int(arr_cents) for platform_id, arr_cents in rows}


def count_subscriptions(session: Session) -> int:
    """Return how many subscriptions there are, whatever their status."""
    counted = select(func.coalesce(func.sum(SubscriptionTally.amount), 0)).where(
        SubscriptionTally.figure == Figure.SUBSCRIPTION, SubscriptionTally.day.is_(None)
    )
    return int(session.scalars(counted).one())


def counts(session: Session) -> tuple[int, int]:
    """Return how many rows there are, and how many would be left of them."""
    rows = session.scalars(select(func.count()).select_from(SubscriptionTally)).one()
    keys = select(func.count()).select_from(_SUMMED.subquery())
    return rows, session.scalars(keys).one()


def take_oldest(session: Session, limit: int) -> Sequence[Mapping[str, Any]]:
    """Remove the oldest rows and return them; what others have not committed is not among them."""
    oldest = select(SubscriptionTally.id).order_by(SubscriptionTally.id).limit(limit)
    taken = (
        delete(SubscriptionTally)
        .where(SubscriptionTally.id.in_(oldest))
        .returning(*KEY, *SUMS)
        .execution_options(synchronize_session=False)
    )
    return [dict(row) for row in session.execute(taken).mappings()]


def put(session: Session, differences: Iterable[Mapping[str, Any]]) -> int:
    """Add differences, those of a key as one row, and those that come to nothing as none.

    What is not given is None in a key and 0 in an amount. Returns how many rows were written.
    """
    totals = defaultdict[tuple[Any, ...], list[int]](lambda: [0] * len(SUMS))
    for one in differences:
        total = totals[tuple(one.get(column.key) for column in KEY)]
        for place, column in enumerate(SUMS):
            total[place] += one.get(column.key, 0)
    rows = [
        dict(zip(_COLUMNS, (*key, *total), strict=True))
        for key, total in totals.items()
        if any(total)
    ]
    insert_rows(session, SubscriptionTally, rows)
    return len(rows)


def count_anew(session: Session) -> None:
    """Replace the sums of what there is by what the subscriptions themselves say.

    Writers wait until the commit, so that no difference is counted twice or never.
    """
    session.flush()
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("LOCK TABLE subscription_tallies IN SHARE ROW EXCLUSIVE MODE"))
    session.execute(delete(SubscriptionTally).where(SubscriptionTally.day.is_(None)))
    for found in (_subscriptions(), _addons()):
        session.execute(insert(SubscriptionTally).from_select(_COLUMNS, found))


def _subscriptions() -> Select[*tuple[Any, ...]]:
    one = MerchantSubscription
    earns = and_(one.status.in_(EARNING), one.billing_source.in_(PAID_FOR))
    arr = case((earns, one.arr_cents), else_=0)
    return select(
        one.platform_id,
        literal(Figure.SUBSCRIPTION, SubscriptionTally.figure.type),
        one.tier_id,
        one.status,
        one.billing_source,
        literal(None, SubscriptionTally.day.type),
        func.count(),
        func.sum(case((arr > 0, 1), else_=0)),
        func.sum(arr),
    ).group_by(one.platform_id, one.tier_id, one.status, one.billing_source)


def _addons() -> Select[*tuple[Any, ...]]:
    nothing = (literal(None, column.type) for column in (KEY[2], KEY[3], KEY[4], KEY[5]))
    return select(
        StoreAddOn.platform_id,
        literal(Figure.ADDON, SubscriptionTally.figure.type),
        *nothing,
        func.sum(case((StoreAddOn.arr_cents > 0, 1), else_=0)),
        literal(0),
        func.sum(StoreAddOn.arr_cents),
    ).group_by(StoreAddOn.platform_id)
