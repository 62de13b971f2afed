"""Databases of one's own on the PostgreSQL server of the tests."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from uuid import uuid4

import pytest
from sqlalchemy import (
    CompoundSelect,
    create_engine,
    exists,
    literal,
    make_url,
    select,
    text,
    union_all,
)

from app.kit.db import Database
from app.kit.models import Base

_BEGIN_AGAIN = text(
    "SELECT setval(format('%I.%I', schemaname, sequencename)::regclass, 1, false)"
    " FROM pg_sequences WHERE last_value IS NOT NULL"
)


@contextmanager
def new_postgres_database(prefix: str) -> Iterator[str]:
    """The address of an empty database, dropped at the end whoever still uses it."""
    server = os.environ.get("TEST_DATABASE_URL")
    if not server:
        pytest.fail("TEST_DATABASE_URL is not set; run `python3 dev.py test`")
    name = f"{prefix}_{uuid4().hex}"
    admin = create_engine(server, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    try:
        yield make_url(server).set(database=name).render_as_string(hide_password=False)
    finally:
        with admin.connect() as connection:
            connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
        admin.dispose()


def empty(database: Database) -> None:
    """Take all rows out of a PostgreSQL database, and let its ids begin at one again.

    Most tests fill a few tables; a TRUNCATE of all of them would take longer than the test.
    """
    with database.engine.begin() as connection:
        filled = set(connection.scalars(_which_are_filled()))
        for table in reversed(Base.metadata.sorted_tables):  # those that refer to others first
            if table.name in filled:
                connection.execute(table.delete())
        connection.execute(_BEGIN_AGAIN)


@cache
def _which_are_filled() -> CompoundSelect[str]:
    tables = Base.metadata.sorted_tables
    return union_all(
        *(select(literal(one.name)).where(exists().select_from(one)) for one in tables)
    )
