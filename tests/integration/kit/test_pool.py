"""Connections that were cut while nobody used them."""

import pytest
from sqlalchemy import create_engine, text

from app.kit import db
from app.kit.db import Database, unit_of_work


def ask(statement: str) -> object:
    """Ask on a connection of the pool."""
    with unit_of_work(read_only=True) as work:
        return work.session.scalar(text(statement))


def test_replaces_an_idle_connection_that_the_server_has_cut(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(db, "PING_AFTER_S", 0.0)
    if database.is_sqlite:
        assert ask("SELECT 1") == 1  # nothing stands between SQLite and its file
        return
    before = ask("SELECT pg_backend_pid()")
    elsewhere = create_engine(database.url)
    with elsewhere.connect() as connection:
        connection.execute(text("SELECT pg_terminate_backend(:pid, 5000)"), {"pid": before})
    elsewhere.dispose()
    assert ask("SELECT pg_backend_pid()") != before
