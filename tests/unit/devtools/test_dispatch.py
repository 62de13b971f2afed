import os
import signal
from collections.abc import Iterator
from types import SimpleNamespace

import pytest

from devtools import commands
from devtools.failure import Failure
from devtools.paths import CACHE

USAGE = "what there is"


@pytest.fixture(autouse=True)
def signals() -> Iterator[None]:
    before = signal.getsignal(signal.SIGTERM)
    yield
    signal.signal(signal.SIGTERM, before)


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """As on a machine that forbids to write bytecode; restored afterwards."""
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    monkeypatch.setenv("PYTHONPYCACHEPREFIX", "/elsewhere")


def use(monkeypatch: pytest.MonkeyPatch, main: object) -> None:
    module = SimpleNamespace(main=main)
    monkeypatch.setattr("importlib.import_module", lambda _name: module)


def test_runs_the_named_command_with_the_rest_of_the_line(monkeypatch: pytest.MonkeyPatch) -> None:
    use(monkeypatch, lambda arguments: 7 if arguments == ["--port", "1"] else 0)
    assert commands.dispatch(["demo", "--port", "1"], usage=USAGE) == 7


@pytest.mark.parametrize(("line", "code"), [([], 2), (["dmeo"], 2), (["--help"], 0)])
def test_shows_the_commands_instead_of_guessing(
    line: list[str], code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    assert commands.dispatch(line, usage=USAGE) == code
    assert capsys.readouterr().out == f"{USAGE}\n"


def test_says_a_failure_in_a_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(arguments: list[str]) -> int:
        raise Failure("No browser. Install one.")

    use(monkeypatch, fail)
    assert commands.dispatch(["test"], usage=USAGE) == 1
    assert capsys.readouterr().err == "No browser. Install one.\n"


def test_unwinds_when_it_is_told_to_stop(monkeypatch: pytest.MonkeyPatch) -> None:
    unwound = []

    def wait(arguments: list[str]) -> int:
        try:
            signal.raise_signal(signal.SIGTERM)
        finally:
            unwound.append("stopped servers")
        return 0

    use(monkeypatch, wait)
    with pytest.raises(SystemExit) as ended:
        commands.dispatch(["test"], usage=USAGE)
    assert ended.value.code == 128 + signal.SIGTERM
    assert unwound == ["stopped servers"]


def environment_of_command(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    seen: dict[str, str] = {}

    def look(_arguments: list[str]) -> int:
        seen.update(os.environ)
        return 0

    use(monkeypatch, look)
    assert commands.dispatch(["demo"], usage=USAGE) == 0
    return seen


def test_keeps_bytecode_apart_from_the_tree_for_all_it_starts(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("PYTHONPYCACHEPREFIX")
    seen = environment_of_command(monkeypatch)
    assert "PYTHONDONTWRITEBYTECODE" not in seen
    assert seen["PYTHONPYCACHEPREFIX"] == str(CACHE / "bytecode")


def test_keeps_bytecode_where_the_environment_says(monkeypatch: pytest.MonkeyPatch) -> None:
    assert environment_of_command(monkeypatch)["PYTHONPYCACHEPREFIX"] == "/elsewhere"
