"""Every hostile file is refused by name, within a second and 300 MB, in a process of its own."""

import json
import subprocess
import sys
from typing import Any

import pytest

from devtools.paths import ROOT

SECONDS = 1.0
BYTES = 300_000_000


@pytest.fixture(scope="module")
def measured() -> Any:
    """What another process answered, and what it took."""
    command = [sys.executable, "-m", "tests.unit.media.hostile"]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    return json.loads(done.stdout)


def test_it_refuses_each_by_its_name(measured: Any) -> None:
    answers = measured["answers"]
    assert len(answers) > 50
    assert {what: answer for what, (answer, _wanted, _seconds) in answers.items()} == {
        what: wanted for what, (_answer, wanted, _seconds) in answers.items()
    }


def test_it_takes_less_than_a_second_for_each(measured: Any) -> None:
    slow = {what: row for what, row in measured["answers"].items() if row[2] >= SECONDS}
    assert slow == {}


def test_it_takes_no_more_memory_than_a_large_photo(measured: Any) -> None:
    assert measured["peak"] < BYTES
