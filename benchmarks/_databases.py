"""Databases to measure on, with all tables and no rows; the process is configured for them."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import create_engine, make_url, text

from app import bootstrap
from app.kit.db import Database, configure_database
from app.kit.models import Base
from app.modules.billing.services.tables import tables
from devtools.services.postgres import postgres_server

KINDS = ("sqlite", "postgresql")


@contextmanager
def fresh_database(kind: str, *, redis_url: str | None = None) -> Iterator[Database]:
    """Start the system on a new database of a kind, and forget whatever was known before."""
    with _address(kind) as url:
        settings = {"database_url": url, "redis_url": redis_url}
        system = bootstrap.start(**settings, jobs="off", log_level="error", _env_file=None)
        database = Database(url)
        configure_database(database)
        Base.metadata.create_all(database.engine)
        tables().forget_all()
        try:
            yield database
        finally:
            database.dispose()
            if system.redis is not None:
                system.redis.close()


@contextmanager
def _address(kind: str) -> Iterator[str]:
    if kind == "sqlite":
        with TemporaryDirectory() as folder:
            yield f"sqlite:///{Path(folder) / 'bench.sqlite3'}"
        return
    with postgres_server() as server:
        admin = create_engine(server, isolation_level="AUTOCOMMIT")
        with admin.connect() as connection:
            connection.execute(text("DROP DATABASE IF EXISTS tierline_bench WITH (FORCE)"))
            connection.execute(text("CREATE DATABASE tierline_bench"))
        yield make_url(server).set(database="tierline_bench").render_as_string(hide_password=False)
        with admin.connect() as connection:
            connection.execute(text("DROP DATABASE tierline_bench WITH (FORCE)"))
        admin.dispose()
