import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from devtools.commands import test as command
from devtools.failure import Failure

ECHO = """
import json, os, sys
from pathlib import Path
names = ("CHROMIUM", "TEST_DATABASE_URL", "TEST_REDIS_URL", "TIERLINE_WITHOUT", "TIERLINE_FULL")
print([os.environ.get(name) for name in names], sys.argv[3:])
Path(os.environ["TIERLINE_LEFT_OUT"]).write_text(json.dumps({"browser": 12}))
sys.exit(5)
"""


@pytest.fixture
def stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Services and a pytest that cost nothing; the names of the services that were stopped."""
    python = tmp_path / "python"
    python.write_text(f"#!{sys.executable}\n{ECHO}")
    python.chmod(0o755)
    ended: list[str] = []

    @contextmanager
    def service(name: str) -> Iterator[str]:
        yield f"{name}://"
        ended.append(name)

    for name in ("CHROMIUM", "TEST_DATABASE_URL", "TEST_REDIS_URL", "TIERLINE_FULL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(command, "PYTHON", python)
    monkeypatch.setattr(command, "ensure_environment", lambda *_groups: None)
    monkeypatch.setattr(command, "ensure_frontend", lambda: None)
    monkeypatch.setattr(command, "find_browser", lambda: Path("/chromium"))
    monkeypatch.setattr(command, "postgres_server", lambda: service("postgresql"))
    monkeypatch.setattr(command, "redis_server", lambda: service("redis"))
    return ended


def test_gives_pytest_the_services_and_its_exit_code(
    stopped: list[str], capfd: pytest.CaptureFixture[str]
) -> None:
    assert command.main(["tests/unit", "-k", "limit", "--full"]) == 5
    services = "['/chromium', 'postgresql://', 'redis://', '', '1']"
    assert capfd.readouterr().out == (
        f"{services} ['-n', 'auto', 'tests/unit', '-k', 'limit']\nNothing was left out.\n"
    )
    assert stopped == ["redis", "postgresql"]


def test_starts_nothing_that_is_left_out_and_says_so_at_the_end(
    stopped: list[str], capfd: pytest.CaptureFixture[str]
) -> None:
    command.main(["--without", "browser", "--without", "redis"])
    printed = capfd.readouterr().out.splitlines()
    assert printed[0].startswith("[None, 'postgresql://', None, 'browser,redis', None]")
    assert printed[-1] == "Left out by --without: browser (12 tests), redis (0 tests)."
    assert stopped == ["postgresql"]


def test_starts_no_server_when_there_is_no_browser(
    stopped: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing() -> Path:
        raise Failure("No browser. Install one.")

    monkeypatch.setattr(command, "find_browser", missing)
    with pytest.raises(Failure, match="Install one"):
        command.main([])
    assert stopped == []
