from pathlib import Path
from types import SimpleNamespace

import pytest

from devtools import environment

Commands = list[list[str]]


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """A tree with two lock groups, and an installer that only remembers what it was told."""
    requirements, venv = tmp_path / "requirements", tmp_path / ".venv"
    requirements.mkdir()
    for group in ("runtime", "dev"):
        (requirements / f"{group}.txt").write_text(f"{group}==1")
    commands: Commands = []

    def install(command: list[object], what: str) -> None:
        commands.append([str(part) for part in command])
        if "venv" in command:
            (venv / "lib" / "python3.11" / "site-packages").mkdir(parents=True)
            (venv / "bin").mkdir()
            (venv / "bin" / "python").touch()

    monkeypatch.setattr(environment, "REQUIREMENTS", requirements)
    monkeypatch.setattr(environment, "ROOT", tmp_path)
    monkeypatch.setattr(environment, "VENV", venv)
    monkeypatch.setattr(environment, "PYTHON", venv / "bin" / "python")
    monkeypatch.setattr(environment, "STAMP", venv / "locks.json")
    monkeypatch.setattr(environment, "find_uv", lambda: Path("uv"))
    monkeypatch.setattr(environment, "run", install)
    return SimpleNamespace(requirements=requirements, venv=venv, commands=commands)


def synced(commands: Commands) -> list[list[str]]:
    """The locks of each installation."""
    return [
        [Path(part).name for part in command if part.endswith(".txt")]
        for command in commands
        if "sync" in command
    ]


def test_makes_the_environment_and_installs_the_asked_locks(tree: SimpleNamespace) -> None:
    environment.ensure_environment("runtime")
    assert synced(tree.commands) == [["runtime.txt"]]
    assert "--require-hashes" in tree.commands[-1]
    script = (tree.venv / "bin" / "tierline").read_text()
    assert script.startswith(f"#!{tree.venv}/bin/python\n")


def test_does_nothing_the_second_time(tree: SimpleNamespace) -> None:
    environment.ensure_environment("runtime")
    tree.commands.clear()
    environment.ensure_environment("runtime")
    assert tree.commands == []


def test_keeps_what_an_earlier_command_installed(tree: SimpleNamespace) -> None:
    environment.ensure_environment("runtime", "dev")
    environment.ensure_environment("runtime")
    (tree.requirements / "runtime.txt").write_text("runtime==2")
    environment.ensure_environment("runtime")
    assert synced(tree.commands) == [["dev.txt", "runtime.txt"], ["dev.txt", "runtime.txt"]]


def test_installs_again_when_an_installation_was_interrupted(
    tree: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    environment.ensure_environment("runtime")
    (tree.requirements / "runtime.txt").write_text("runtime==2")
    with monkeypatch.context() as interrupted:
        interrupted.setattr(environment, "run", _interrupt)
        with pytest.raises(KeyboardInterrupt):
            environment.ensure_environment("runtime")
    (tree.requirements / "runtime.txt").write_text("runtime==1")
    environment.ensure_environment("runtime")
    assert synced(tree.commands) == [["runtime.txt"], ["runtime.txt"]]


def _interrupt(command: list[object], what: str) -> None:
    raise KeyboardInterrupt
