"""Whether a column has one of many values, given as a single one; on SQLite and PostgreSQL.

`column.in_(values)` is another statement for every number of values, with a placeholder for each:
built, sent and planned anew each time. For a portion's hundreds that costs more than its rows.
"""

from collections.abc import Collection
from typing import Any

from sqlalchemy import ARRAY, JSON, BigInteger, ColumnElement, SQLColumnExpression, literal
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

_IDS = ARRAY(BigInteger).with_variant(JSON(), "sqlite")


class _Among(FunctionElement[bool]):
    """Without a type: a function of type Boolean is compared with 1 on SQLite, past any index."""

    inherit_cache = True


def among(column: SQLColumnExpression[int], ids: Collection[int]) -> ColumnElement[bool]:
    """Return the condition that a column is one of these ids."""
    return _Among(column, literal(list(ids), _IDS))


@compiles(_Among, "postgresql")
def _any_of_array(condition: _Among, compiler: SQLCompiler, **given: Any) -> str:
    column, ids = (compiler.process(one, **given) for one in condition.clauses)
    return f"{column} = ANY ({ids})"


@compiles(_Among, "sqlite")
def _in_json(condition: _Among, compiler: SQLCompiler, **given: Any) -> str:
    column, ids = (compiler.process(one, **given) for one in condition.clauses)
    return f"{column} IN (SELECT value FROM json_each({ids}))"  # noqa: S608 - of compiled parts
