"""The whole usage list of a merchant, read anew, beside one SELECT of its counters by the driver.

On SQLite and on PostgreSQL; limits are known, usage is not.
"""

import sys
from functools import partial
from typing import Any

from sqlalchemy import insert

from app.contracts.features import gate
from app.contracts.tenants import Owner
from app.kit.clocks import business_now
from app.kit.db import Database, unit_of_work
from app.modules.billing.models import UsageCounter
from app.modules.billing.services.features_registry import registry
from app.modules.billing.services.load_entitlements import load_entitlements
from app.modules.billing.services.tables import tables
from app.modules.billing.services.usage_service import UsageService
from app.modules.billing.services.windows import Windows
from benchmarks._databases import KINDS, fresh_database
from benchmarks._population import shops
from benchmarks._report import Figure, report
from benchmarks._timing import in_turns

MERCHANTS = 100
GOALS = {"sqlite": 8.0, "postgresql": 2.0}
QUERY = (
    "SELECT feature_code, used, window_start FROM usage_counters"
    " WHERE merchant_id = {0} AND platform_id = {0}"
)


def main() -> int:
    """Measure and report."""
    figures = []
    for kind in KINDS:
        with fresh_database(kind) as database:
            owners = [store.owner for store in shops(MERCHANTS, tier="professional")]
            _count(owners)
            figures.append(_measure(kind, database, owners))
    with fresh_database("sqlite"):
        owners = [store.owner for store in shops(MERCHANTS, tier="professional")]
        _count(owners)
        return report("usage", figures, profiled=partial(_read_all, owners))


def _measure(kind: str, database: Database, owners: list[Owner]) -> Figure:
    """Compare both sides on one database, merchant by merchant."""
    raw = database.engine.raw_connection()
    try:
        cursor = raw.cursor()
        _assert_equal(cursor, kind, owners[0])
        tables().start()
        ours, bare = in_turns(
            partial(_read_all, owners), partial(_select_all, cursor, kind, owners)
        )
    finally:
        tables().stop()
        raw.close()
    per_list = 1000 / len(owners)
    return Figure(kind, "ms a list", ours * per_list, GOALS[kind], bare * per_list)


def _read_all(owners: list[Owner]) -> None:
    for owner in owners:
        tables().forget_usage(owner)
        UsageService().get_metrics(owner)


def _select_all(cursor: Any, kind: str, owners: list[Owner]) -> None:
    for owner in owners:
        _select(cursor, kind, owner)


def _select(cursor: Any, kind: str, owner: Owner) -> dict[str, int]:
    """Read a merchant's counters by the bare driver."""
    cursor.execute(QUERY.format("?" if kind == "sqlite" else "%s"), tuple(owner))
    return {code: used for code, used, _ in cursor.fetchall()}


def _assert_equal(cursor: Any, kind: str, owner: Owner) -> None:
    """Both sides tell the same numbers."""
    told = _select(cursor, kind, owner)
    assert {code: gate().check(owner, code).current for code in told} == told
    assert len(told) >= 4


def _count(owners: list[Owner]) -> None:
    """Begin every counter of every merchant."""
    counted = registry().with_counter
    with unit_of_work() as work:
        rows = []
        for owner in owners:
            rules = load_entitlements(work.session, owner).windows
            windows = Windows.at(business_now(), counted, rules).by_code
            rows += [
                {
                    "merchant_id": owner.merchant_id,
                    "platform_id": owner.platform_id,
                    "feature_code": one.code,
                    "window_start": windows[one.code].start,
                    "used": index + 1,
                }
                for index, one in enumerate(counted)
            ]
        work.session.execute(insert(UsageCounter), rows)


if __name__ == "__main__":
    sys.exit(main())
