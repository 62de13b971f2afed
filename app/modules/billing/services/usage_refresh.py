"""Reading the usage of many merchants anew at once, so that checks find it known (D18).

Apart, each merchant would be read once a second; together it is one SELECT for hundreds of them.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from time import monotonic

from app.contracts.tenants import Owner
from app.kit.clocks import business_now
from app.kit.db import unit_of_work
from app.modules.billing.repositories import counters
from app.modules.billing.services.decision_table import DecisionTable, with_counters
from app.modules.billing.services.decision_tables import DecisionTables

MERCHANTS_AT_ONCE = 500

Asked = Mapping[Owner, DecisionTable]


def refresh_usage(tables: DecisionTables) -> None:
    """Read the counters of everyone asked about lately."""
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
    used = _read(asked) if asked else {}
    for owner, table in asked.items():
        fresh = with_counters(table, used.get(owner, {}), read_at=read_at, as_of=as_of)
        tables.swap(owner, fresh, since=since[owner])


def _read(asked: Asked) -> Mapping[Owner, Mapping[str, int]]:
    """Return what counters say in the windows that the tables know."""
    used: dict[Owner, dict[str, int]] = defaultdict(dict)
    with unit_of_work(read_only=True) as work:
        for merchant_id, platform_id, code, start, units in counters.read_many(
            work.session, {owner.merchant_id for owner in asked}, _starts(asked)
        ):
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
