"""Rows made by the database itself, for `INSERT … SELECT` of more than one wants to carry over."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import CTE, ColumnElement, Integer, column, literal, select, values
from sqlalchemy.types import TypeEngine


def numbers(count: int) -> CTE:
    """Return rows with a column `n` that counts from 0 up to, not including, `count`."""
    first = select(literal(0).label("n")).where(literal(count) > 0).cte("numbers", recursive=True)
    return first.union_all(select(first.c.n + 1).where(first.c.n < count - 1))


def choices(
    name: str, types: Mapping[str, TypeEngine[Any]], rows: Sequence[tuple[Any, ...]]
) -> CTE:
    """Return given rows with a column `place` that counts them from 0, to be joined by number."""
    columns = [column("place", Integer()), *(column(one, kind) for one, kind in types.items())]
    placed = [(place, *row) for place, row in enumerate(rows)]
    return values(*columns, name=name).data(placed).cte(name)


def chosen(among: CTE, size: int, number: ColumnElement[int]) -> ColumnElement[bool]:
    """Return the condition that joins one of `size` choices to a number, in turn."""
    return among.c.place == number % size
