"""A database of its own for each test, on SQLite and on PostgreSQL alike."""

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from app.kit import db
from app.kit.db import Database, configure_database
from app.kit.jobs.models import JobSchedule, JobSlot
from app.kit.mail import KeptMail
from app.kit.models import Base
from app.kit.outbox.models import OutboxRow
from tests.integration.databases import new_postgres_database

MODELS: list[type[Base]] = [JobSchedule, JobSlot, OutboxRow, KeptMail]
KIT_TABLES = [Base.metadata.tables[model.__tablename__] for model in MODELS]


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """The address of an empty PostgreSQL database for this worker's tests."""
    with new_postgres_database("kit") as url:
        yield url


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database, once for each kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'kit.sqlite3'}"
    return str(request.getfixturevalue("postgres_url"))


@pytest.fixture
def database(database_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Database]:
    """The process's database, with the kit's own tables and nothing in them."""
    database = Database(database_url)
    Base.metadata.create_all(database.engine, KIT_TABLES)
    monkeypatch.setattr(db, "_database", None)  # restores what was configured before
    configure_database(database)
    yield database
    Base.metadata.drop_all(database.engine, KIT_TABLES)
    database.dispose()


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    """Keep the log of expected errors out of the output."""
    with capture_logs():
        yield


@pytest.fixture
def unused_port() -> int:
    """A port of this machine on which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
