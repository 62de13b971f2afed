"""Deleting rows by portions, so that no transaction holds its locks for long."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, delete, select
from sqlalchemy.orm import Session


def delete_portion(
    session: Session, model: type[Any], *where: ColumnElement[bool], limit: int
) -> int:
    """Delete at most `limit` rows that meet all conditions; return how many went.

    The model's rows have an `id`.
    """
    portion = select(model.id).where(*where).limit(limit)
    dropped = delete(model).where(model.id.in_(portion)).returning(model.id)
    gone: Sequence[int] = session.scalars(
        dropped.execution_options(synchronize_session=False)
    ).all()
    return len(gone)
