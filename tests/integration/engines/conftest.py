"""An instance of several processes on a PostgreSQL database of its own."""

from collections.abc import Callable, Iterator

import pytest

from app.kit.db import Database
from app.kit.migrations import MigrationFolder, own_migrations, upgrade
from tests.integration.databases import new_postgres_database
from tests.integration.engines.fleet import DISTRIBUTION, Engine, Fleet, a_fleet
from tests.integration.engines.ledger import Ledger

ENGINES = ["inprocess", pytest.param("celery", marks=pytest.mark.redis)]


@pytest.fixture(scope="module")
def database_url(engine: Engine) -> Iterator[str]:
    """The address of a database that is at the newest migration, one for each engine."""
    with new_postgres_database("engines") as url:
        database = Database(url)
        marks = MigrationFolder("clockwork", DISTRIBUTION / "tierline_clockwork" / "migrations")
        upgrade(database, [own_migrations(), marks])
        database.dispose()
        yield url


@pytest.fixture(scope="module", params=ENGINES)
def engine(request: pytest.FixtureRequest) -> Engine:
    """Who runs the background work, once of each kind."""
    kind: Engine = request.param
    return kind


@pytest.fixture(scope="module")
def new_fleet(
    engine: Engine, database_url: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[..., Fleet]]:
    """Starts a fleet of so many `webs` and `workers`; whatever is left of it is killed."""
    begun: list[Fleet] = []

    def begin(*, webs: int, workers: int) -> Fleet:
        folder = tmp_path_factory.mktemp(engine)
        fleet = a_fleet(engine, folder, database_url, webs=webs, workers=workers)
        begun.append(fleet)
        fleet.begin()
        return fleet

    yield begin
    for fleet in begun:
        fleet.end()


@pytest.fixture(scope="module")
def ledger(database_url: str) -> Iterator[Ledger]:
    """What the database says."""
    ledger = Ledger(database_url)
    yield ledger
    ledger.close()
