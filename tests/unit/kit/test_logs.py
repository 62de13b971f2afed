"""Logs are lines for machines or people, and hold no secrets."""

import json
from collections.abc import Iterator

import pytest
import structlog

from app.kit.logs import configure_logs, hide_secrets
from app.kit.settings import Settings

SECRET = "hunter2"


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    """Leave the process's logging as it was."""
    before = structlog.get_config()
    yield
    structlog.configure(**before)


def settings(**given: str) -> Settings:
    return Settings(_env_file=None, **given)  # type: ignore[arg-type,call-arg]


def fail_with(password: str) -> None:
    raise ValueError(len(password))


@pytest.mark.parametrize(
    "name", ["password", "new_password", "Authorization", "csrf_token", "cookie", "client_secret"]
)
def test_it_hides_what_its_name_says_is_secret(name: str) -> None:
    assert hide_secrets(None, "info", {"event": "x", name: SECRET})[name] == "***"


def test_it_writes_a_line_of_json_with_the_trace_of_an_error(
    capsys: pytest.CaptureFixture[str],
) -> None:
    configure_logs(settings(log_format="json"))
    structlog.get_logger().error("failed", token=SECRET, exc_info=ValueError("odd"))
    written = capsys.readouterr()
    assert written.out == ""  # answers of commands alone
    (line,) = written.err.splitlines()
    entry = json.loads(line)
    assert (entry["event"], entry["level"], entry["token"]) == ("failed", "error", "***")
    assert "ValueError: odd" in entry["exception"]
    assert entry["timestamp"].endswith("Z")


def test_it_shows_people_no_local_variables(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logs(settings(log_format="console"))
    try:
        fail_with(SECRET)
    except ValueError as error:
        structlog.get_logger().error("failed", exc_info=error)
    printed = capsys.readouterr().err
    assert "in fail_with" in printed  # the trace is there, and what its frames held is not
    assert SECRET not in printed


def test_it_leaves_out_what_is_less_severe(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logs(settings(log_level="error"))
    structlog.get_logger().warning("not this")
    assert capsys.readouterr().err == ""


def test_it_colours_nothing_where_no_terminal_is(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logs(settings(log_format="console"))
    structlog.get_logger().error("something_happened", reason="none")
    assert "\x1b" not in capsys.readouterr().err
