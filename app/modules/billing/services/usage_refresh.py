"""Reading the usage of many merchants anew at once, so that checks find it known (D18).

Apart, each merchant would be read once a second; together it is one SELECT for hundreds of them.
What only modules can tell is asked of them one merchant after the other, as far as time allows.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from time import monotonic

from sqlalchemy.orm import Session

from app.contracts.tenants import Owner
from app.kit.clocks import business_now
from app.kit.db import unit_of_work
from app.modules.billing.repositories import counters
from app.modules.billing.services.decision_table import (
    DecisionTable,
    counters_suffice,
    read_anew,
    with_readings,
)
from app.modules.billing.services.decision_tables import DecisionTables
from app.modules.billing.services.usage import read_told

MERCHANTS_AT_ONCE = 500
TELLING_S = 0.05  # for so many merchants at most; the others are told about when they are asked for

Asked = Mapping[Owner, DecisionTable]


def refresh_usage(tables: DecisionTables) -> None:
    """Read the usage of everyone asked about lately."""
    owners = tables.asked()
    for begin in range(0, len(owners), MERCHANTS_AT_ONCE):
        _refresh(tables, owners[begin : begin + MERCHANTS_AT_ONCE])


def _refresh(tables: DecisionTables, owners: Sequence[Owner]) -> None:
    since = {owner: tables.generation(owner) for owner in owners}
    read_at, as_of = monotonic(), business_now()
    asked = {
        owner: table
        for owner in owners
        if (table := tables.peek(owner)) and as_of < table.counted.windows.until
    }
    if not asked:
        return
    with unit_of_work(read_only=True) as work:
        used = _read(work.session, asked)
        fresh = {
            owner: _refreshed(
                work.session, owner, table, units=used.get(owner, {}), read_at=read_at, as_of=as_of
            )
            for owner, table in asked.items()
        }
    for owner, table in fresh.items():
        tables.swap(owner, table, since=since[owner])


def _refreshed(
    session: Session,
    owner: Owner,
    table: DecisionTable,
    *,
    units: Mapping[str, int],
    read_at: float,
    as_of: datetime,
) -> DecisionTable:
    """Return the table with what could be read; the rest grows old, for whoever asks to read."""
    counted, told = table.counted, table.told
    if counters_suffice(counted, units):
        counted = read_anew(table, counted, units, read_at=read_at, as_of=as_of)
    if as_of < told.windows.until and monotonic() < read_at + TELLING_S:
        telling = read_told(session, owner, told.windows)
        told = read_anew(table, told, telling, read_at=read_at, as_of=as_of)
    return with_readings(table, counted, told)


def _read(session: Session, asked: Asked) -> Mapping[Owner, Mapping[str, int]]:
    """Return what counters say in the windows that the tables know."""
    used: dict[Owner, dict[str, int]] = defaultdict(dict)
    merchant_ids = {owner.merchant_id for owner in asked}
    for row in counters.read_many(session, merchant_ids, _starts(asked)):
        merchant_id, platform_id, code, start, units = row
        owner = Owner(merchant_id, platform_id)
        if _start(asked.get(owner), code) == start:
            used[owner][code] = units
    return used


def _starts(asked: Asked) -> set[datetime]:
    return {
        window.start
        for table in asked.values()
        for window in table.counted.windows.by_code.values()
    }


def _start(table: DecisionTable | None, code: str) -> datetime | None:
    window = None if table is None else table.counted.windows.by_code.get(code)
    return None if window is None else window.start
