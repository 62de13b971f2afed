import re

import pytest

from devtools.checks.neutrality import findings, tracked_files
from devtools.locks import GROUPS, outdated_locks
from devtools.paths import REQUIREMENTS, ROOT

PIN = re.compile(r"^[a-z0-9.-]+(\[[a-z,]+\])?==[^ ]+( ; .+)? \\$")
HASH = re.compile(r"^    --hash=sha256:[0-9a-f]{64}( \\)?$")


@pytest.mark.parametrize("group", GROUPS)
def test_every_line_of_a_lock_is_a_pin_or_a_hash(group: str) -> None:
    header, *lines = (REQUIREMENTS / f"{group}.txt").read_text().splitlines()
    assert header.startswith("# Made from ")
    assert lines, "an empty lock installs nothing"
    assert [line for line in lines if not PIN.match(line) and not HASH.match(line)] == []


def test_the_locks_fit_their_inputs() -> None:
    assert outdated_locks() == []


def test_no_tracked_file_names_a_registry() -> None:
    assert list(findings(ROOT, tracked_files(ROOT))) == []
