"""Inserting rows that may be there already, the same on SQLite and PostgreSQL."""

from functools import cache
from typing import Any

from sqlalchemy import Insert, UpdateBase
from sqlalchemy.orm import Session

from app.kit.many_rows import Rows, insertion, run
from app.kit.models import Base


def insert_or_ignore(session: Session, model: type[Base], rows: Rows) -> int:
    """Insert rows and leave out those that break a unique constraint; return how many are new.

    All rows have the same columns. On PostgreSQL it waits for another transaction that is
    inserting the same row.
    """
    if not rows:
        return 0
    session.flush()  # what the rows refer to may wait in the session
    return run(session, _counting(_dialect(session), model, tuple(rows[0])), rows).rowcount


def insert_new(session: Session, model: type[Base], rows: Rows, *, told: str) -> list[Any]:
    """Do the same, and return one column of the rows that are new."""
    if not rows:
        return []
    session.flush()
    telling = _telling(_dialect(session), model, tuple(rows[0]), told)
    return list(run(session, telling, rows).scalars())


def _dialect(session: Session) -> str:
    return session.get_bind().dialect.name


@cache
def _counting(dialect: str, model: type[Base], columns: tuple[str, ...]) -> Insert:
    ignoring = insertion(dialect, model, columns).on_conflict_do_nothing()
    return ignoring.execution_options(preserve_rowcount=True)


@cache
def _telling(dialect: str, model: type[Base], columns: tuple[str, ...], told: str) -> UpdateBase:
    ignoring = insertion(dialect, model, columns).on_conflict_do_nothing()
    return ignoring.returning(model.__table__.c[told])
