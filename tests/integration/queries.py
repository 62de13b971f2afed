"""Counting what a page or an answer costs the database."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

from sqlalchemy import event

from app.kit.db import database

WORK = ("SELECT", "INSERT", "UPDATE", "DELETE", "WITH", "SAVEPOINT")


def counted_queries() -> AbstractContextManager[list[str]]:
    """Collect the SELECTs that run inside the block."""
    return _counted("SELECT")


def counted_statements() -> AbstractContextManager[list[str]]:
    """Collect everything that runs inside the block, but beginnings, ends and settings."""
    return _counted(*WORK)


@contextmanager
def _counted(*kinds: str) -> Iterator[list[str]]:
    seen: list[str] = []

    def remember(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        if statement.lstrip().upper().startswith(kinds):
            seen.append(statement)

    engine = database().engine
    event.listen(engine, "before_cursor_execute", remember)
    try:
        yield seen
    finally:
        event.remove(engine, "before_cursor_execute", remember)
