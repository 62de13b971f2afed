"""Inserting rows that may be there already, the same on SQLite and PostgreSQL."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from app.kit.models import Base


def insert_or_ignore(session: Session, model: type[Base], rows: Sequence[Mapping[str, Any]]) -> int:
    """Insert rows and leave out those that break a unique constraint; return how many are new.

    On PostgreSQL it waits for another transaction that is inserting the same row.
    """
    if not rows:
        return 0
    key = model.__mapper__.primary_key[0]
    statement = _insert(session, model).values(list(rows)).on_conflict_do_nothing().returning(key)
    return len(session.scalars(statement).all())


def insert_many_or_ignore(
    session: Session, model: type[Base], rows: Sequence[Mapping[str, Any]]
) -> None:
    """Do the same for thousands of rows: one short statement, repeated by the driver."""
    if rows:
        statement = _insert(session, model).on_conflict_do_nothing()
        session.connection().execute(statement, rows)


def _insert(session: Session, model: type[Base]) -> sqlite.Insert | postgresql.Insert:
    is_sqlite = session.get_bind().dialect.name == "sqlite"
    return sqlite.insert(model) if is_sqlite else postgresql.insert(model)
