"""The demo shows each state of a limit, at the merchant that stands for it, and no other."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.bootstrap import System
from app.cli.demo import seed
from app.contracts.features import Access, gate
from app.kit.db import Database, configure_database, unit_of_work
from app.modules.billing.services.feature_summary import UsageMetric
from app.modules.billing.services.tables import tables
from app.modules.billing.services.usage_service import UsageService
from app.modules.tenancy.public import every_store, get_store_by_code


@pytest.fixture(scope="module")
def demo(
    system: System, sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Database]:
    """The demo's data as every demo begins with it."""
    file = tmp_path_factory.mktemp("demo") / "demo.sqlite3"
    shutil.copy(sqlite_template, file)
    database = Database(f"sqlite:///{file}")
    configure_database(database)
    tables().forget_all()
    seed(system, scale=0)
    yield database
    tables().forget_all()
    database.dispose()


def meters(code: str) -> dict[str, UsageMetric]:
    with unit_of_work(read_only=True) as work:
        owner = get_store_by_code(work, code).owner
    return {one.name: one for one in UsageService().get_metrics(owner)}


@pytest.mark.parametrize(
    ("code", "current", "limit"),
    [
        ("weber", 150, 200),
        ("muller", 187, 200),
        ("schmit", 200, 200),
        ("hoffmann", 214, 200),
        ("thill", 640, None),
    ],
)
def test_a_store_stands_at(demo: Database, code: str, current: int, limit: int | None) -> None:
    products = meters(code)["Products"]
    assert (products.current, products.limit) == (current, limit)


def test_an_exception_and_an_ended_plan_are_there(demo: Database) -> None:
    assert meters("lambert")["Products"].limit == 400
    with unit_of_work(read_only=True) as work:
        owner = get_store_by_code(work, "wagner").owner
    assert gate().access(owner) is Access.RESTRICTED


def test_nobody_else_is_over_a_limit(demo: Database) -> None:
    with unit_of_work(read_only=True) as work:
        owners = {store.owner: store.code for store in every_store(work)}
    over = {
        (code, one.name)
        for owner, code in owners.items()
        for one in UsageService().get_metrics(owner)
        if one.limit is not None and one.current > one.limit
    }
    assert over == {("hoffmann", "Products")}
