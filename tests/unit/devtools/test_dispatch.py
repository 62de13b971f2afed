import signal
from collections.abc import Iterator
from types import SimpleNamespace

import pytest

from devtools import commands
from devtools.failure import Failure

USAGE = "what there is"


@pytest.fixture(autouse=True)
def signals() -> Iterator[None]:
    before = signal.getsignal(signal.SIGTERM)
    yield
    signal.signal(signal.SIGTERM, before)


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
