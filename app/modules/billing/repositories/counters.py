"""Usage counters; the merchant first.

The statements are built once and without the mapper: building one anew costs more than running it.
"""

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime

from sqlalchemy import Row, Update, bindparam, case, func, select, update
from sqlalchemy.orm import Session

from app.contracts.tenants import Owner
from app.kit.models import Base
from app.kit.upsert import insert_or_ignore
from app.modules.billing.models import WHOLE_PLATFORM, EntitlementEpoch, UsageCounter

Key = tuple[str, datetime]

_COUNTERS = Base.metadata.tables[UsageCounter.__tablename__]
_EPOCHS = Base.metadata.tables[EntitlementEpoch.__tablename__]
_USED = _COUNTERS.c.used
_UNITS = bindparam("units", type_=_USED.type)
_LIMIT = bindparam("limit", type_=_USED.type)

_OWNER = (
    _COUNTERS.c.merchant_id == bindparam("of_merchant"),
    _COUNTERS.c.platform_id == bindparam("of_platform"),
)
_THIS_ONE = (
    *_OWNER,
    _COUNTERS.c.feature_code == bindparam("of_code"),
    _COUNTERS.c.window_start == bindparam("of_start"),
)
_STAMP = (
    select(func.coalesce(func.sum(_EPOCHS.c.epoch), 0))
    .where(
        _EPOCHS.c.platform_id == bindparam("of_platform"),
        _EPOCHS.c.merchant_id.in_((WHOLE_PLATFORM, bindparam("of_merchant"))),
    )
    .scalar_subquery()
)

_KNOWN = update(_COUNTERS).where(*_THIS_ONE, bindparam("stamp", type_=_USED.type) == _STAMP)
_ADD = _KNOWN.values(used=_USED + _UNITS)
_TAKE = _ADD.where(_USED + _UNITS <= _LIMIT)
_GIVE_BACK = _KNOWN.values(used=case((_USED > _UNITS, _USED - _UNITS), else_=0))

_IN_WINDOWS = select(_COUNTERS.c.feature_code, _COUNTERS.c.window_start, _USED).where(
    *_OWNER, _COUNTERS.c.window_start.in_(bindparam("starts", expanding=True))
)
_OF_MANY = select(
    _COUNTERS.c.merchant_id,
    _COUNTERS.c.platform_id,
    _COUNTERS.c.feature_code,
    _COUNTERS.c.window_start,
    _USED,
).where(
    _COUNTERS.c.merchant_id.in_(bindparam("merchants", expanding=True)),
    _COUNTERS.c.window_start.in_(bindparam("starts", expanding=True)),
)
_FIND = select(_USED).where(*_THIS_ONE)


def read_counters(session: Session, owner: Owner, keys: Mapping[str, datetime]) -> dict[str, int]:
    """Return all counters of a merchant in their present windows, by feature code; one SELECT."""
    if not keys:
        return {}
    asked = {**_of(owner), "starts": sorted(set(keys.values()))}
    rows = session.connection().execute(_IN_WINDOWS, asked)
    return {code: used for code, start, used in rows if keys.get(code) == start}


def read_many(
    session: Session, merchant_ids: Collection[int], starts: Collection[datetime]
) -> Iterator[Row[int, int, str, datetime, int]]:
    """Yield merchant, platform, code, window and units of many merchants' counters; one SELECT."""
    asked = {"merchants": list(merchant_ids), "starts": list(starts)}
    yield from session.connection().execute(_OF_MANY, asked)


def take(
    session: Session, owner: Owner, key: Key, *, units: int, limit: int | None, stamp: int
) -> bool:
    """Add units if they fit below `limit` and the entitlements still have the version `stamp`.

    The one statement both decides and writes, so no other transaction can come between (D16).
    """
    if limit is None:
        return add(session, owner, key, units=units, stamp=stamp)
    return _touched(session, _TAKE, _write(owner, key, units, stamp) | {"limit": limit})


def add(session: Session, owner: Owner, key: Key, *, units: int, stamp: int) -> bool:
    """Add units whatever the limit; False where there is no such counter or version."""
    return _touched(session, _ADD, _write(owner, key, units, stamp))


def give_back(session: Session, owner: Owner, key: Key, *, units: int, stamp: int) -> bool:
    """Take units away, never below zero; False where there is no such counter or version."""
    return _touched(session, _GIVE_BACK, _write(owner, key, units, stamp))


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
    return session.connection().execute(_FIND, _of(owner) | _named(key)).scalar()


def used_in_windows(
    session: Session, owner: Owner, feature_code: str, *, since: datetime
) -> dict[datetime, int]:
    """Return what a merchant used in each window of a feature that began since then."""
    rows = session.execute(
        select(_COUNTERS.c.window_start, _USED).where(
            _COUNTERS.c.merchant_id == owner.merchant_id,
            _COUNTERS.c.platform_id == owner.platform_id,
            _COUNTERS.c.feature_code == feature_code,
            _COUNTERS.c.window_start >= since,
        )
    )
    return {row.window_start: row.used for row in rows}


def _touched(session: Session, statement: Update, values: Mapping[str, object]) -> bool:
    return session.connection().execute(statement, values).rowcount == 1


def _write(owner: Owner, key: Key, units: int, stamp: int) -> dict[str, object]:
    return {**_of(owner), **_named(key), "units": units, "stamp": stamp}


def _of(owner: Owner) -> dict[str, object]:
    return {"of_merchant": owner.merchant_id, "of_platform": owner.platform_id}


def _named(key: Key) -> dict[str, object]:
    return {"of_code": key[0], "of_start": key[1]}
