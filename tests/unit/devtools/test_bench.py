import subprocess
from pathlib import Path

import pytest

from devtools.commands import bench


@pytest.fixture
def started(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """Two measurements, and the commands that would run them."""
    commands: list[list[str]] = []

    def run(command: list[str], **_: object) -> subprocess.CompletedProcess[str]:
        commands.append(command[1:])
        return subprocess.CompletedProcess(command, 3)

    (tmp_path / "benchmarks").mkdir()
    for name in ("__init__.py", "usage.py", "check_http.py"):
        (tmp_path / "benchmarks" / name).touch()
    monkeypatch.setattr(bench, "ROOT", tmp_path)
    monkeypatch.setattr(bench, "ensure_environment", lambda *_groups: None)
    monkeypatch.setattr(bench, "ensure_frontend", lambda: None)
    monkeypatch.setattr("subprocess.run", run)
    return commands


def test_runs_a_measurement_with_its_options_and_gives_its_exit_code(
    started: list[list[str]],
) -> None:
    assert bench.main(["check-http", "--json"]) == 3
    assert started == [["-m", "benchmarks.check_http", "--json"]]


@pytest.mark.parametrize(("line", "code"), [([], 0), (["chekc"], 2)])
def test_lists_what_there_is_without_running_any(
    started: list[list[str]], line: list[str], code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    assert bench.main(line) == code
    assert capsys.readouterr().out == "Measurements: check-http, usage\n"
    assert started == []
