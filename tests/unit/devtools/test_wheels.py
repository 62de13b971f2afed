from pathlib import Path

import pytest

from devtools import wheels


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """An installer that only remembers what it was told."""
    commands: list[list[str]] = []
    (tmp_path / "node.txt").write_text("node==1")
    monkeypatch.setattr(wheels, "CACHE", tmp_path)
    monkeypatch.setattr(wheels, "REQUIREMENTS", tmp_path)
    monkeypatch.setattr(wheels, "find_uv", lambda: "uv")
    monkeypatch.setattr(
        wheels, "run", lambda command, _what: commands.append([str(part) for part in command])
    )
    return commands


def test_installs_a_wheel_by_its_lock_once(tmp_path: Path, installed: list[list[str]]) -> None:
    folder = tmp_path / "tools" / "node"
    assert wheels.install_wheel("node") == wheels.install_wheel("node") == folder
    ((*_, target, _, lock),) = installed
    assert (target, lock) == (str(folder), str(tmp_path / "node.txt"))
    assert "--require-hashes" in installed[0]


def test_clears_the_old_wheel_away_when_its_lock_changes(
    tmp_path: Path, installed: list[list[str]]
) -> None:
    old = wheels.install_wheel("node") / "old.txt"
    old.touch()
    (tmp_path / "node.txt").write_text("node==2")
    wheels.install_wheel("node")
    assert len(installed) == 2
    assert not old.exists()
