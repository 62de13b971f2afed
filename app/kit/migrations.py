"""Bringing a database to the schema of the code; each distribution has a history of its own."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from app.kit.db import Database

SCRIPTS = Path(__file__).parents[2] / "migrations"
OWN_HISTORY = "tierline"
_ADVISORY_LOCK = 7_431_002


@dataclass(frozen=True)
class MigrationFolder:
    """Revisions of one distribution; the name gives the table that remembers where it stands."""

    name: str
    path: Path

    @property
    def version_table(self) -> str:
        """Table of the revision reached; the product's own is Alembic's usual one."""
        return "alembic_version" if self.name == OWN_HISTORY else f"alembic_version_{self.name}"


def own_migrations() -> MigrationFolder:
    """Return the product's own history."""
    return MigrationFolder(OWN_HISTORY, SCRIPTS / "versions")


def upgrade(database: Database, folders: Sequence[MigrationFolder], revision: str = "head") -> None:
    """Apply what is missing, all or nothing for each history; safe from several processes."""
    for folder in folders:
        with database.engine.begin() as connection:
            _only_one(connection)
            command.upgrade(_config(folder, connection), revision)


def downgrade(database: Database, folder: MigrationFolder, revision: str) -> None:
    """Take revisions back until `revision` (`base` is the empty database)."""
    with database.engine.begin() as connection:
        _only_one(connection)
        command.downgrade(_config(folder, connection), revision)


def missing_migrations(database: Database, folders: Sequence[MigrationFolder]) -> list[str]:
    """Return the names of the histories that are not at their newest revision."""
    with database.engine.connect() as connection:
        return [folder.name for folder in folders if not _is_current(folder, connection)]


def _is_current(folder: MigrationFolder, connection: Connection) -> bool:
    newest = ScriptDirectory.from_config(_config(folder, connection)).get_current_head()
    context = MigrationContext.configure(connection, opts={"version_table": folder.version_table})
    return context.get_current_revision() == newest


def _config(folder: MigrationFolder, connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    config.set_main_option("version_locations", str(folder.path))
    config.set_main_option("path_separator", "newline")
    config.attributes |= {"connection": connection, "version_table": folder.version_table}
    return config


def _only_one(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _ADVISORY_LOCK})
