"""Only units of work begin and end transactions (house rule 5)."""

import ast
from collections.abc import Iterator

import pytest

from tests.unit.architecture.sources import (
    Finding,
    Source,
    dotted_name,
    expect_none,
    python_sources,
)

# Where transactions live, and the one place that must run outside of a unit: schema changes.
BY_DESIGN = {"app/kit/db.py", "app/kit/migrations.py"}
# A savepoint (`begin_nested`) commits nothing, so it is allowed.
FORBIDDEN_METHODS = {"commit", "rollback", "begin"}
FORBIDDEN_MAKERS = {"Session", "sessionmaker", "scoped_session", "create_engine"}


def transactions(source: Source) -> Iterator[Finding]:
    """Calls that begin or end a transaction, or make what could."""
    for node in ast.walk(source.tree):
        if not isinstance(node, ast.Call):
            continue
        name = dotted_name(node.func).rpartition(".")[2]
        is_method = isinstance(node.func, ast.Attribute) and name in FORBIDDEN_METHODS
        if is_method or name in FORBIDDEN_MAKERS:
            yield source.at(node, f"{name}() belongs in kit/db.py")


def test_nobody_but_the_unit_of_work_begins_or_commits() -> None:
    files = [source for source in python_sources() if source.path not in BY_DESIGN]
    expect_none(finding for source in files for finding in transactions(source))


@pytest.mark.parametrize(
    "line",
    [
        "work.session.commit()",
        "self._session().rollback()",
        "with database().engine.begin() as connection: pass",
        "session = Session(engine)",
        "orm.sessionmaker()",
    ],
)
def test_the_check_finds_a_transaction_elsewhere(line: str) -> None:
    assert len(list(transactions(Source("app/modules/x/services/y.py", line)))) == 1
