"""Every column that could say something of a person was thought of (D28)."""

from pathlib import Path

from sqlalchemy import JSON, String

from app.bootstrap import MODULES
from app.kit.models import Base
from app.modules.core.public import PersonalTexts

UNSEARCHED = Path(__file__).with_name("unsearched_columns.txt")


def searched_columns() -> set[str]:
    """The columns that modules search for mentions of people."""
    return {
        f"{column.class_.__tablename__}.{column.key}"
        for module in MODULES
        if isinstance(module.personal_data, PersonalTexts)
        for column in module.personal_data.columns
    }


def named_columns() -> set[str]:
    """The columns that need no search, as they are listed."""
    lines = UNSEARCHED.read_text(encoding="utf-8").splitlines()
    tables = [line.partition(":") for line in lines if not line.startswith("#")]
    return {f"{table}.{column}" for table, _, columns in tables for column in columns.split()}


def test_every_text_is_searched_for_people_or_listed_as_free_of_them() -> None:
    texts = {
        f"{mapper.class_.__tablename__}.{column.name}"
        for mapper in Base.registry.mappers
        if mapper.class_.__module__.startswith("app.")  # tests have tables of their own
        for column in mapper.local_table.columns
        if isinstance(column.type, String | JSON)
    }
    assert searched_columns() | named_columns() == texts
    assert searched_columns() & named_columns() == set()
