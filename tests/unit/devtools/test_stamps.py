from pathlib import Path

import pytest

from devtools.stamps import fingerprint, is_fresh, leave


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "source.txt"
    path.write_text("one")
    return path


def test_is_the_same_for_the_same_content_in_any_order(tmp_path: Path, source: Path) -> None:
    other = tmp_path / "other.txt"
    other.write_text("two")
    assert fingerprint([source, other]) == fingerprint([other, source, other])


def test_changes_with_content_name_presence_and_facts(tmp_path: Path, source: Path) -> None:
    seen = {fingerprint([source]), fingerprint([source], "fact"), fingerprint([])}
    source.write_text("changed")
    seen.add(fingerprint([source]))
    seen.add(fingerprint([source.rename(tmp_path / "renamed.txt")]))
    source.unlink(missing_ok=True)
    seen.add(fingerprint([source]))
    assert len(seen) == 6


def test_is_fresh_only_for_the_inputs_it_was_left_for(tmp_path: Path) -> None:
    stamp = tmp_path / "made" / "stamp"
    assert not is_fresh(stamp, "a")
    leave(stamp, "a")
    assert is_fresh(stamp, "a")
    assert not is_fresh(stamp, "b")
