"""Bringing a database to the schema of the code, for each history of its own."""

from pathlib import Path

import pytest
from sqlalchemy import create_engine, inspect, text

from app.kit.db import Database
from app.kit.migrations import MigrationFolder, downgrade, missing_migrations, upgrade

REVISION = '''
"""{table}."""
import sqlalchemy as sa
from alembic import op

revision = "{revision}"
down_revision = {before}


def upgrade():
    op.create_table("{table}", sa.Column("id", sa.Integer, primary_key=True))
    {then}


def downgrade():
    op.drop_table("{table}")
'''


@pytest.fixture
def folder(tmp_path: Path) -> MigrationFolder:
    """A history of two revisions."""
    path = tmp_path / "history"
    path.mkdir()
    write(path, "one", before=None, table="trial_one")
    write(path, "two", before="one", table="trial_two")
    return MigrationFolder("trial", path)


def write(path: Path, revision: str, *, before: str | None, table: str, then: str = "") -> None:
    content = REVISION.format(revision=revision, before=repr(before), table=table, then=then)
    (path / f"{revision}.py").write_text(content)


@pytest.fixture
def empty(database_url: str) -> Database:
    """A database in which the histories of this file have not begun."""
    engine = create_engine(database_url)
    with engine.begin() as connection:
        for table in ("trial_one", "trial_two", "trial_bad", "alembic_version_trial"):
            connection.execute(text(f"DROP TABLE IF EXISTS {table}"))
    engine.dispose()
    return Database(database_url)


def trial_tables(database: Database) -> set[str]:
    return {name for name in inspect(database.engine).get_table_names() if "trial" in name}


def test_it_goes_up_and_down_with_a_version_table_of_its_own(
    empty: Database, folder: MigrationFolder
) -> None:
    assert missing_migrations(empty, [folder]) == ["trial"]
    upgrade(empty, [folder])
    assert missing_migrations(empty, [folder]) == []
    assert trial_tables(empty) == {"alembic_version_trial", "trial_one", "trial_two"}
    downgrade(empty, folder, "one")
    assert missing_migrations(empty, [folder]) == ["trial"]
    assert trial_tables(empty) == {"alembic_version_trial", "trial_one"}
    empty.dispose()


def test_it_does_nothing_the_second_time(empty: Database, folder: MigrationFolder) -> None:
    upgrade(empty, [folder])
    upgrade(empty, [folder])
    assert missing_migrations(empty, [folder]) == []
    empty.dispose()


def test_a_history_that_fails_leaves_the_database_as_it_was(
    empty: Database, folder: MigrationFolder
) -> None:
    write(folder.path, "bad", before="two", table="trial_bad", then="raise ValueError('odd')")
    with pytest.raises(ValueError, match="odd"):
        upgrade(empty, [folder])
    assert trial_tables(empty) == set()
    assert missing_migrations(empty, [folder]) == ["trial"]
    empty.dispose()
