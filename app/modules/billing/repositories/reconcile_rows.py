"""What reconcile reads and writes, a portion of merchants at a time; the platform first."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from sqlalchemy import select, union, update
from sqlalchemy.orm import Session

from app.kit.among import among
from app.kit.upsert import insert_or_ignore
from app.modules.billing.models import MerchantSubscription, UsageCounter

CounterKey = tuple[int, str]


def next_merchants(session: Session, platform_id: int, *, after: int, limit: int) -> Sequence[int]:
    """Return the next merchants that subscribe or have counters here, by id."""
    known = union(
        *(
            select(column)
            .where(table.platform_id == platform_id, column > after)
            .order_by(column)
            .limit(limit)
            .subquery()
            .select()
            for table, column in (
                (MerchantSubscription, MerchantSubscription.merchant_id),
                (UsageCounter, UsageCounter.merchant_id),
            )
        )
    ).subquery()
    (merchant_id,) = known.c
    return session.scalars(select(merchant_id).distinct().order_by(merchant_id).limit(limit)).all()


def anchors(
    session: Session, platform_id: int, merchant_ids: Sequence[int]
) -> Iterator[tuple[int, datetime]]:
    """Yield merchant and usage anchor of their subscriptions."""
    found = session.execute(
        select(MerchantSubscription.merchant_id, MerchantSubscription.usage_anchor).where(
            MerchantSubscription.platform_id == platform_id,
            among(MerchantSubscription.merchant_id, merchant_ids),
        )
    )
    return ((merchant_id, anchor) for merchant_id, anchor in found)


def locked_counters(
    session: Session, platform_id: int, windows: Mapping[CounterKey, datetime]
) -> dict[CounterKey, int]:
    """Return the counters of these windows and keep others from changing them until commit."""
    rows = session.execute(
        select(
            UsageCounter.merchant_id,
            UsageCounter.feature_code,
            UsageCounter.window_start,
            UsageCounter.used,
        )
        .where(
            UsageCounter.platform_id == platform_id,
            among(UsageCounter.merchant_id, {merchant_id for merchant_id, _ in windows}),
            UsageCounter.window_start.in_(set(windows.values())),
        )
        .order_by(UsageCounter.merchant_id, UsageCounter.feature_code)
        .with_for_update()
    )
    return {
        (merchant_id, code): used
        for merchant_id, code, start, used in rows
        if windows.get((merchant_id, code)) == start
    }


def open_counters(
    session: Session,
    platform_id: int,
    counted: Iterable[tuple[CounterKey, datetime, int]],
) -> None:
    """Begin counters with what was counted; those that somebody else just began stay theirs."""
    rows = [
        {
            "merchant_id": merchant_id,
            "platform_id": platform_id,
            "feature_code": code,
            "window_start": start,
            "used": used,
        }
        for (merchant_id, code), start, used in counted
    ]
    insert_or_ignore(session, UsageCounter, rows)


def correct_counter(
    session: Session, platform_id: int, key: CounterKey, start: datetime, *, used: int
) -> None:
    """Set a locked counter to what was counted."""
    session.execute(
        update(UsageCounter)
        .where(
            UsageCounter.merchant_id == key[0],
            UsageCounter.platform_id == platform_id,
            UsageCounter.feature_code == key[1],
            UsageCounter.window_start == start,
        )
        .values(used=used),
        execution_options={"synchronize_session": False},
    )


def platforms_with_counters(session: Session) -> Collection[int]:
    """Return the platforms on which anybody subscribes."""
    return session.scalars(
        select(MerchantSubscription.platform_id)
        .distinct()
        .order_by(MerchantSubscription.platform_id)
    ).all()
