"""Usage counters; the merchant first."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import (
    ColumnElement,
    CursorResult,
    ScalarSelect,
    Update,
    bindparam,
    case,
    func,
    select,
    update,
)
from sqlalchemy.orm import Session

from app.contracts.tenants import Owner
from app.kit.upsert import insert_or_ignore
from app.modules.billing.models import WHOLE_PLATFORM, EntitlementEpoch, UsageCounter

Key = tuple[str, datetime]


# Built once: building it anew costs more than running it.
_IN_WINDOWS = select(UsageCounter.feature_code, UsageCounter.window_start, UsageCounter.used).where(
    UsageCounter.merchant_id == bindparam("merchant_id"),
    UsageCounter.platform_id == bindparam("platform_id"),
    UsageCounter.window_start.in_(bindparam("starts", expanding=True)),
)


def read_counters(session: Session, owner: Owner, keys: Mapping[str, datetime]) -> dict[str, int]:
    """Return all counters of a merchant in their present windows, by feature code; one SELECT."""
    if not keys:
        return {}
    rows = session.execute(_IN_WINDOWS, {**owner._asdict(), "starts": sorted(set(keys.values()))})
    return {code: used for code, start, used in rows if keys.get(code) == start}


def take(
    session: Session, owner: Owner, key: Key, *, units: int, limit: int | None, stamp: int
) -> bool:
    """Add units if they fit below `limit` and the entitlements still have the version `stamp`.

    The one statement both decides and writes, so no other transaction can come between (D16).
    """
    statement = update(UsageCounter).where(*_is(owner, key), _stamp_of(owner) == stamp)
    if limit is not None:
        statement = statement.where(UsageCounter.used + units <= limit)
    return _touched(session, statement.values(used=UsageCounter.used + units))


def add(session: Session, owner: Owner, key: Key, *, units: int, stamp: int) -> bool:
    """Add units whatever the limit; False where there is no such counter or version."""
    statement = update(UsageCounter).where(*_is(owner, key), _stamp_of(owner) == stamp)
    return _touched(session, statement.values(used=UsageCounter.used + units))


def give_back(session: Session, owner: Owner, key: Key, *, units: int, stamp: int) -> bool:
    """Take units away, never below zero; False where there is no such counter or version."""
    left = case((UsageCounter.used > units, UsageCounter.used - units), else_=0)
    statement = update(UsageCounter).where(*_is(owner, key), _stamp_of(owner) == stamp)
    return _touched(session, statement.values(used=left))


def open_counter(session: Session, owner: Owner, key: Key, *, used: int) -> bool:
    """Begin a counter with what was counted; False where another transaction began it first."""
    row = {
        "merchant_id": owner.merchant_id,
        "platform_id": owner.platform_id,
        "feature_code": key[0],
        "window_start": key[1],
        "used": used,
    }
    return insert_or_ignore(session, UsageCounter, [row]) == 1


def find_used(session: Session, owner: Owner, key: Key) -> int | None:
    """Return what a counter says, None where it does not exist yet."""
    return session.scalars(select(UsageCounter.used).where(*_is(owner, key))).first()


def _touched(session: Session, statement: Update) -> bool:
    result = session.execute(statement, execution_options={"synchronize_session": False})
    assert isinstance(result, CursorResult)
    return result.rowcount == 1


def _of(owner: Owner) -> tuple[ColumnElement[bool], ...]:
    return (
        UsageCounter.merchant_id == owner.merchant_id,
        UsageCounter.platform_id == owner.platform_id,
    )


def _is(owner: Owner, key: Key) -> tuple[ColumnElement[bool], ...]:
    return (
        *_of(owner),
        UsageCounter.feature_code == key[0],
        UsageCounter.window_start == key[1],
    )


def _stamp_of(owner: Owner) -> ScalarSelect[int]:
    return (
        select(func.coalesce(func.sum(EntitlementEpoch.epoch), 0))
        .where(
            EntitlementEpoch.platform_id == owner.platform_id,
            EntitlementEpoch.merchant_id.in_((WHOLE_PLATFORM, owner.merchant_id)),
        )
        .scalar_subquery()
    )
