"""Inserting many rows by one statement, the same on SQLite and PostgreSQL.

PostgreSQL is given all of them as one JSON value, because a placeholder for each value costs its
driver several times as much. SQLite, in this very process, has one row after another.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    JSON,
    ColumnElement,
    CursorResult,
    Text,
    UpdateBase,
    bindparam,
    cast,
    column,
    func,
    literal_column,
    select,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from app.kit.models import Base, UtcDateTime

Insertion = sqlite.Insert | postgresql.Insert
Rows = Sequence[Mapping[str, Any]]


def insert_rows(session: Session, model: type[Base], rows: Rows) -> None:
    """Insert rows, all of the same columns, after what waits in the session."""
    if rows:
        session.flush()  # what the rows refer to may be among it
        run(session, insertion(session.get_bind().dialect.name, model, tuple(rows[0])), rows)


@cache
def insertion(dialect: str, model: type[Base], columns: tuple[str, ...]) -> Insertion:
    """Return the statement that inserts rows of these columns; it is for `run`."""
    table = model.metadata.tables[model.__tablename__]
    if dialect == "sqlite":
        return sqlite.insert(table)
    of_table: ColumnElement[Any] = literal_column(f"NULL::{table.name}")
    rows = func.json_populate_recordset(of_table, cast(bindparam("rows", type_=Text), JSON))
    given = rows.table_valued(*(column(one, table.c[one].type) for one in columns))
    return postgresql.insert(table).from_select(columns, select(given))


def run(session: Session, statement: UpdateBase, rows: Rows) -> CursorResult[*tuple[Any, ...]]:
    """Run what began as an `insertion` with its rows, at least one."""
    if session.get_bind().dialect.name == "sqlite":
        return session.connection().execute(statement, rows)
    return session.connection().execute(statement, {"rows": json.dumps(rows, default=_text)})


def _text(value: Any) -> str:
    """An instant or a day as JSON, which lacks them."""
    if isinstance(value, datetime):
        return UtcDateTime.checked(value).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} in a row")
