"""Inserting rows that may be there already, the same on SQLite and PostgreSQL."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import String, UpdateBase, bindparam, cast, column, func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from app.kit.models import Base, UtcDateTime


def insert_or_ignore(session: Session, model: type[Base], rows: Sequence[Mapping[str, Any]]) -> int:
    """Insert rows and leave out those that break a unique constraint; return how many are new.

    All rows have the same columns. On PostgreSQL it waits for another transaction that is
    inserting the same row.
    """
    return len(_insert_and_tell(session, model, rows, model.__mapper__.primary_key[0].name))


def insert_new(
    session: Session, model: type[Base], rows: Sequence[Mapping[str, Any]], *, told: str
) -> list[Any]:
    """Do the same with many rows, and return one column of those that are new.

    Bytes cannot be inserted so, and None is NULL in a column of JSON, too.
    """
    if not rows or session.get_bind().dialect.name == "sqlite":
        return _insert_and_tell(session, model, rows, told)
    session.flush()
    as_json = json.dumps(rows, default=_as_text)  # parameters for each row would be parsed anew
    statement = _from_json(model, tuple(rows[0]), told)
    return list(session.connection().execute(statement, {"rows": as_json}).scalars())


def insert_many_or_ignore(
    session: Session, model: type[Base], rows: Sequence[Mapping[str, Any]]
) -> None:
    """Insert thousands of rows as `insert_or_ignore` does, without counting the new ones."""
    if rows:
        session.connection().execute(_insert(session, model, None), rows)


def _as_text(value: Any) -> str:
    if isinstance(value, datetime):
        return str(UtcDateTime.checked(value))
    return str(value)


def _insert_and_tell(
    session: Session, model: type[Base], rows: Sequence[Mapping[str, Any]], told: str
) -> list[Any]:
    if not rows:
        return []
    session.flush()  # what the rows refer to may wait in the session
    return list(session.connection().execute(_insert(session, model, told), rows).scalars())


def _insert(session: Session, model: type[Base], told: str | None) -> UpdateBase:
    return _statement(session.get_bind().dialect.name, model, told)


@cache
def _statement(dialect: str, model: type[Base], told: str | None) -> UpdateBase:
    """One statement for any number of rows, so that it is compiled once."""
    made = sqlite.insert(model) if dialect == "sqlite" else postgresql.insert(model)
    statement = made.on_conflict_do_nothing()
    return statement if told is None else statement.returning(model.__table__.c[told])


@cache
def _from_json(model: type[Base], names: tuple[str, ...], told: str) -> UpdateBase:
    """One statement of one parameter for any number of rows, on PostgreSQL."""
    types = model.__table__.c
    given = func.jsonb_to_recordset(cast(bindparam("rows", type_=String), postgresql.JSONB))
    rows = given.table_valued(*(column(name, types[name].type) for name in names))
    selected = select(*rows.render_derived(name="given", with_types=True).c)
    inserted = postgresql.insert(model).from_select(names, selected)
    return inserted.on_conflict_do_nothing().returning(types[told])
