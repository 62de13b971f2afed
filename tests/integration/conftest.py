"""The whole application on a database of its own for each test, SQLite and PostgreSQL alike."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from fastapi import FastAPI
from starlette.testclient import TestClient

from app import bootstrap
from app.bootstrap import System
from app.kit.db import Database, configure_database
from app.kit.models import Base
from app.modules.billing.services.tables import tables
from app.modules.tenancy.services.passwords import configure_hasher
from tests.integration.browser import Visitor
from tests.integration.databases import empty, new_postgres_database

KINDS = ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)]


@pytest.fixture(scope="session")
def system(tmp_path_factory: pytest.TempPathFactory) -> System:
    """The configured process; each test puts a database of its own under it."""
    os.environ["MEDIA_ROOT"] = str(tmp_path_factory.mktemp("media"))
    configure_hasher(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    return bootstrap.start(database_url="sqlite://", log_level="error", jobs="off", _env_file=None)


@pytest.fixture(scope="session")
def web_app(system: System) -> FastAPI:
    """The ASGI application, built once."""
    return system.web_app()


@pytest.fixture(scope="session")
def sqlite_template(system: System, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with all tables and no rows."""
    path = tmp_path_factory.mktemp("template") / "empty.sqlite3"
    database = Database(f"sqlite:///{path}")
    Base.metadata.create_all(database.engine)
    with database.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA query_only = OFF")
    database.dispose()
    return path


@pytest.fixture(scope="session")
def postgres_database(system: System) -> Iterator[Database]:
    """A PostgreSQL database of this worker with all tables."""
    with new_postgres_database("tierline") as url:
        database = Database(url)
        Base.metadata.create_all(database.engine)
        yield database
        database.dispose()


@pytest.fixture(params=KINDS)
def database(request: pytest.FixtureRequest, system: System, tmp_path: Path) -> Iterator[Database]:
    """The process's database: empty, once of each kind."""
    if request.param == "postgres":
        database = request.getfixturevalue("postgres_database")
        configure_database(database)
        tables().forget_all()  # they were of the database before
        yield database
        empty(database)
        return
    path = tmp_path / "test.sqlite3"
    shutil.copy(request.getfixturevalue("sqlite_template"), path)
    database = Database(f"sqlite:///{path}")
    configure_database(database)
    tables().forget_all()
    yield database
    database.dispose()


@pytest.fixture
def visitor(web_app: FastAPI, database: Database) -> Callable[[], Visitor]:
    """Opens browsers that nobody has signed in with; call it for each one."""

    def open_browser() -> Visitor:
        return Visitor(TestClient(web_app, raise_server_exceptions=False))

    return open_browser


@pytest.fixture
def client(visitor: Callable[[], Visitor]) -> Visitor:
    """One browser."""
    return visitor()


@pytest.fixture
def redis_url() -> str:
    """The Redis of the tests."""
    url = os.environ.get("TEST_REDIS_URL")
    if not url:
        pytest.fail("TEST_REDIS_URL is not set; run `python3 dev.py test`")
    return url
