from collections.abc import Iterator

import pytest
from sqlalchemy import Column, Integer, Table

from app.kit.models import Base
from devtools.checks import migrations


@pytest.fixture
def table_without_migration() -> Iterator[None]:
    table = Table("no_migration_makes_it", Base.metadata, Column("id", Integer, primary_key=True))
    yield
    Base.metadata.remove(table)


def test_the_migrations_make_the_models_tables_and_can_be_taken_back(
    capsys: pytest.CaptureFixture[str],
) -> None:
    code = migrations.main()
    assert capsys.readouterr().out == ""
    assert code == 0


@pytest.mark.usefixtures("table_without_migration")
def test_names_a_table_that_no_migration_makes(capsys: pytest.CaptureFixture[str]) -> None:
    assert migrations.main() == 1
    assert "add_table no_migration_makes_it" in capsys.readouterr().out
