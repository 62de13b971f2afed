from pathlib import Path

import pytest

from devtools import locks


@pytest.fixture
def requirements(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(locks, "REQUIREMENTS", tmp_path)
    for group in locks.GROUPS:
        (tmp_path / f"{group}.in").write_text(f"{group}-package\n")
        (tmp_path / f"{group}.txt").write_text(f"{locks.header(group)}\n{group}-package==1\n")
    return tmp_path


@pytest.mark.usefixtures("requirements")
def test_finds_nothing_while_inputs_are_unchanged() -> None:
    assert locks.outdated_locks() == []


def test_names_the_lock_whose_input_has_changed(requirements: Path) -> None:
    (requirements / "dev.in").write_text("dev-package>=2\n")
    assert locks.outdated_locks() == ["dev"]


def test_names_a_lock_that_was_not_made_by_the_command(requirements: Path) -> None:
    (requirements / "docs.txt").write_text("docs-package==1\n")
    assert locks.outdated_locks() == ["docs"]
