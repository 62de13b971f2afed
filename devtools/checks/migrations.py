"""The migrations make exactly the tables that the models describe, and can be taken back."""

import sys
import tempfile
from pathlib import Path
from typing import Any

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect

import app.bootstrap  # noqa: F401  (names every module, and so brings in every model)
from app.kit.db import Database
from app.kit.migrations import downgrade, own_migrations, upgrade
from app.kit.models import Base


def main() -> int:
    """Go up, compare, go down, go up again on SQLite; print what differs; 1 when anything does."""
    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{Path(folder) / 'check.sqlite3'}")
        found = [*_differences(database), *_left_after_downgrade(database)]
        upgrade(database, [own_migrations()])
    for finding in found:
        print(finding)
    return 1 if found else 0


def _differences(database: Database) -> list[str]:
    upgrade(database, [own_migrations()])
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        found = compare_metadata(context, Base.metadata)
    # What concerns one column comes as a list of its own.
    operations = [one for group in found for one in (group if isinstance(group, list) else [group])]
    return [f"the models ask for a further migration: {_words(one)}" for one in operations]


def _words(operation: tuple[Any, ...]) -> str:
    """`add_column users.email` for Alembic's description of a difference."""
    names = [getattr(part, "name", part) for part in operation[1:]]
    return f"{operation[0]} {'.'.join(name for name in names if isinstance(name, str))}"


def _left_after_downgrade(database: Database) -> list[str]:
    downgrade(database, own_migrations(), "base")
    left = set(inspect(database.engine).get_table_names()) - {"alembic_version"}
    return [f"the downgrade leaves the table {name}" for name in sorted(left)]


if __name__ == "__main__":
    sys.exit(main())
