"""Inserting rows that may be there already, the same on SQLite and PostgreSQL."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import UpdateBase
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from app.kit.models import Base


def insert_or_ignore(session: Session, model: type[Base], rows: Sequence[Mapping[str, Any]]) -> int:
    """Insert rows and leave out those that break a unique constraint; return how many are new.

    All rows have the same columns. On PostgreSQL it waits for another transaction that is
    inserting the same row.
    """
    return len(insert_new(session, model, rows, told=model.__mapper__.primary_key[0].name))


def insert_new(
    session: Session, model: type[Base], rows: Sequence[Mapping[str, Any]], *, told: str
) -> list[Any]:
    """Do the same, and return one column of the rows that are new."""
    if not rows:
        return []
    session.flush()  # what the rows refer to may wait in the session
    statement = _insert(session, model, told)
    return list(session.connection().execute(statement, rows).scalars())


def insert_many_or_ignore(
    session: Session, model: type[Base], rows: Sequence[Mapping[str, Any]]
) -> None:
    """Insert thousands of rows as `insert_or_ignore` does, without counting the new ones."""
    if rows:
        session.connection().execute(_insert(session, model, None), rows)


def _insert(session: Session, model: type[Base], told: str | None) -> UpdateBase:
    return _statement(session.get_bind().dialect.name, model, told)


@cache
def _statement(dialect: str, model: type[Base], told: str | None) -> UpdateBase:
    """One statement for any number of rows, so that it is compiled once."""
    made = sqlite.insert(model) if dialect == "sqlite" else postgresql.insert(model)
    statement = made.on_conflict_do_nothing()
    return statement if told is None else statement.returning(model.__table__.c[told])
