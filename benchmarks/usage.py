"""The whole usage list of a merchant with ten counted features, beside one SELECT by the driver.

On SQLite and on PostgreSQL. As a web process serves it: usage of whoever is asked about is read
for all of them at once, in the background. What a list costs right after this process itself
changed the merchant's usage, so that it must be read apart, is told beside it. The peer is the
quota look-up of django-plans, on SQLite.
"""

import sys
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import insert

from app.contracts.declaring import DeclaredFeatures
from app.contracts.features import FeatureDeclaration, FeatureType, feature_providers
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
from benchmarks._peers import run_peer
from benchmarks._population import shops
from benchmarks._report import Figure, report
from benchmarks._timing import in_turns
from benchmarks._vouching import vouched

MERCHANTS, FEATURES = 100, 10
GOALS = {"sqlite": 8.0, "postgresql": 2.0}
QUERY = (
    "SELECT feature_code, used FROM usage_counters WHERE merchant_id = {0} AND platform_id = {0}"
)


def main() -> int:
    """Measure and report."""
    figures: list[Figure] = []
    for kind in KINDS:
        with fresh_database(kind) as database:
            owners = _counted_merchants()
            figures += _measure(kind, database, owners)
    figures.append(_beside_peer(figures[0]))
    with fresh_database("sqlite"):
        return report("usage", figures, profiled=partial(_read_all, _counted_merchants()))


def _measure(kind: str, database: Database, owners: list[Owner]) -> list[Figure]:
    """Compare both sides on one database, merchant by merchant."""
    raw = database.engine.raw_connection()
    try:
        cursor = raw.cursor()
        with vouched():
            for owner in owners:
                _assert_equal(cursor, kind, owner)
            known, anew, bare = in_turns(
                partial(_list_all, owners),
                partial(_read_all, owners),
                partial(_select_all, cursor, kind, owners),
                rounds=21,
            )
    finally:
        raw.close()
    per_list = 1000 / len(owners)
    goal, reference = GOALS[kind], bare * per_list
    return [
        Figure(kind, "ms a list", known * per_list, goal, reference),
        Figure(f"{kind}, read apart", "ms a list", anew * per_list, goal, reference),
    ]


def _list_all(owners: list[Owner]) -> None:
    for owner in owners:
        UsageService().get_metrics(owner)


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
    return dict(cursor.fetchall())


def _assert_equal(cursor: Any, kind: str, owner: Owner) -> None:
    """Both sides tell the same numbers."""
    told = _select(cursor, kind, owner)
    assert sorted(one.current for one in UsageService().get_metrics(owner)) == sorted(told.values())
    assert len(told) == FEATURES


def _beside_peer(ours: Figure) -> Figure:
    """Compare lists a second with the peer's look-ups a second."""
    with TemporaryDirectory() as folder:
        task = {
            "database": str(Path(folder) / "plans.sqlite3"),
            "users": MERCHANTS,
            "quotas": {f"feature_{index}": index for index in range(FEATURES)},
        }
        peer = run_peer("django_plans_usage", task)
    rate = None if peer is None or ours.figure is None else 1000 / ours.figure
    reference = None if peer is None else peer["lookups_per_second"]
    return Figure("beside django-plans", "lists/s", rate, 3, reference, at_most=False)


def _further(number: int) -> DeclaredFeatures:
    """Return a module that declares as many features as ten counted ones need."""
    return DeclaredFeatures(
        [
            FeatureDeclaration(
                code=f"further_{index}",
                name_key="catalog.features.max_products",
                description_key="catalog.features.max_products.description",
                category="limits",
                feature_type=FeatureType.QUANTITATIVE,
            )
            for index in range(number)
        ]
    )


def _counted_merchants() -> list[Owner]:
    """Return merchants with every counter begun, of exactly ten features."""
    if len(registry().with_counter) < FEATURES:
        further = _further(FEATURES - len(registry().with_counter))
        feature_providers.connect([*feature_providers(), further])
        tables().forget_all()
    owners = [store.owner for store in shops(MERCHANTS, tier="professional")]
    with unit_of_work() as work:
        rows = []
        for owner in owners:
            rules = load_entitlements(work.session, owner).windows
            windows = Windows.at(business_now(), registry().with_counter, rules).by_code
            rows += [
                {
                    "merchant_id": owner.merchant_id,
                    "platform_id": owner.platform_id,
                    "feature_code": code,
                    "window_start": window.start,
                    "used": index + 1,
                }
                for index, (code, window) in enumerate(windows.items())
            ]
        work.session.execute(insert(UsageCounter), rows)
    return owners


if __name__ == "__main__":
    sys.exit(main())
