"""Writing many rows by one statement, the same on SQLite and PostgreSQL.

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
    Table,
    TableValuedAlias,
    Text,
    UpdateBase,
    bindparam,
    cast,
    column,
    func,
    literal_column,
    select,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import set_committed_value

from app.kit.models import Base, UtcDateTime

Insertion = sqlite.Insert | postgresql.Insert
Rows = Sequence[Mapping[str, Any]]
_NEW = "new_"  # a bound value of an UPDATE must not be called as the column


def insert_rows(session: Session, model: type[Base], rows: Rows) -> None:
    """Insert rows, all of the same columns, after what waits in the session."""
    if rows:
        session.flush()  # what the rows refer to may be among it
        run(session, insertion(session.get_bind().dialect.name, model, tuple(rows[0])), rows)


def update_rows(session: Session, model: type[Base], rows: Rows) -> None:
    """Update rows by their `id`, all the same columns; a version, where they have one, rises.

    For rows that the caller has locked, since no version is compared. What the session holds of
    them follows. (The mapper writes rows that have a version one by one.)
    """
    if not rows:
        return
    dialect, given = session.get_bind().dialect.name, rows
    if dialect == "sqlite":
        given = [{_NEW + name: value for name, value in row.items()} for row in rows]
    run(session, _alteration(dialect, model, tuple(rows[0])), given)
    for row in rows:
        _let_held_follow(session, model, row)


@cache
def insertion(dialect: str, model: type[Base], columns: tuple[str, ...]) -> Insertion:
    """Return the statement that inserts rows of these columns; it is for `run`."""
    table = _table(model)
    if dialect == "sqlite":
        return sqlite.insert(table)
    return postgresql.insert(table).from_select(columns, select(_given(table, columns)))


def run(session: Session, statement: UpdateBase, rows: Rows) -> CursorResult[*tuple[Any, ...]]:
    """Run one of these statements, however it goes on, with its rows, at least one."""
    if session.get_bind().dialect.name == "sqlite":
        return session.connection().execute(statement, rows)
    return session.connection().execute(statement, {"rows": json.dumps(rows, default=_text)})


@cache
def _alteration(dialect: str, model: type[Base], columns: tuple[str, ...]) -> UpdateBase:
    """The statement that updates these columns by `id`; it is for `run`."""
    table, version = _table(model), model.__mapper__.version_id_col
    new: Mapping[str, ColumnElement[Any]]
    if dialect == "sqlite":
        new = {one: bindparam(_NEW + one, type_=table.c[one].type) for one in columns}
    else:
        new = dict(_given(table, columns).c)
    values = {one: value for one, value in new.items() if one != "id"}
    if version is not None:
        values[version.name] = version + 1
    return update(table).where(table.c.id == new["id"]).values(values)


def _let_held_follow(session: Session, model: type[Base], row: Mapping[str, Any]) -> None:
    mapper = model.__mapper__
    held = session.identity_map.get(mapper.identity_key_from_primary_key((row["id"],)))
    if held is None:
        return
    for name, value in row.items():
        set_committed_value(held, name, value)
    if (version := mapper.version_id_col) is not None:
        set_committed_value(held, version.name, getattr(held, version.name) + 1)


def _given(table: Table, columns: tuple[str, ...]) -> TableValuedAlias:
    """The JSON value as rows of these columns; for PostgreSQL."""
    of_table: ColumnElement[Any] = literal_column(f"NULL::{table.name}")
    rows = func.json_populate_recordset(of_table, cast(bindparam("rows", type_=Text), JSON))
    return rows.table_valued(*(column(one, table.c[one].type) for one in columns))


def _table(model: type[Base]) -> Table:
    return model.metadata.tables[model.__tablename__]


def _text(value: Any) -> str:
    """An instant or a day as JSON, which lacks them."""
    if isinstance(value, datetime):
        return UtcDateTime.checked(value).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} in a row")
