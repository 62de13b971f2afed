"""Nobody asks the time but `kit.clocks` (D0); durations may be measured by a monotonic clock."""

import ast
from collections.abc import Iterator

import pytest

from tests.unit.architecture.sources import (
    Finding,
    Source,
    dotted_name,
    expect_none,
    python_sources,
    strings,
)

THE_CLOCK = "app/kit/clocks.py"
WALL_CLOCK = {"time", "time_ns", "localtime", "gmtime", "ctime", "strftime", "asctime"}
WRONG_ENDS = (
    "datetime.now",
    "datetime.utcnow",
    "datetime.today",
    "date.today",
    "func.now",
    "func.current_timestamp",
    "func.localtimestamp",
    "func.statement_timestamp",
    "func.clock_timestamp",
)
SQL_TIME = ("current_timestamp", "now()", "datetime('now'", "clock_timestamp")


def wrong_clocks(source: Source) -> Iterator[Finding]:
    """Places that ask another clock: Python's, the database's, or a column's default."""
    for node in ast.walk(source.tree):
        name = dotted_name(node)
        if name.endswith(WRONG_ENDS):
            yield source.at(node, f"{name} asks the time behind the clock's back")
        if name in {f"time.{one}" for one in WALL_CLOCK}:
            yield source.at(node, f"{name} asks the time behind the clock's back")
        if isinstance(node, ast.ImportFrom) and node.module == "time":
            for one in WALL_CLOCK & {alias.name for alias in node.names}:
                yield source.at(node, f"time.{one} asks the time behind the clock's back")
    for text_node, text in strings(source):
        if any(word in text.lower() for word in SQL_TIME):
            yield source.at(text_node, "SQL asks the database's clock")


def test_nobody_asks_the_time_but_the_clock() -> None:
    files = [source for source in python_sources() if source.path != THE_CLOCK]
    expect_none(finding for source in files for finding in wrong_clocks(source))


@pytest.mark.parametrize(
    "line",
    [
        "now = datetime.now(UTC)",
        "import datetime as dt; now = dt.datetime.utcnow()",
        "mapped_column(default=datetime.now)",
        "today = date.today()",
        "started = time.time()",
        "from time import time",
        "mapped_column(server_default=func.now())",
        "mapped_column(server_default=text('CURRENT_TIMESTAMP'))",
        "session.execute(text('SELECT now()'))",
    ],
)
def test_the_check_finds_another_clock(line: str) -> None:
    assert list(wrong_clocks(Source("app/x.py", line))) != []


@pytest.mark.parametrize("line", ["began = time.perf_counter()", "from time import monotonic"])
def test_the_check_accepts_a_clock_that_only_measures(line: str) -> None:
    assert list(wrong_clocks(Source("app/x.py", line))) == []
