import json
from pathlib import Path

import pytest

pytest_plugins = ["pytester"]

TESTS = """
import pytest

@pytest.mark.browser
def test_page(): raise AssertionError("needs a browser")

@pytest.mark.parametrize("url", ["sqlite", pytest.param("pg", marks=pytest.mark.postgres)])
def test_database(url): assert url == "sqlite"

@pytest.mark.browser
@pytest.mark.redis
def test_both(): raise AssertionError("needs a browser and Redis")
"""
SETTINGS = """
[pytest]
addopts = -p devtools.testing.leave_out
markers =
    browser:
    postgres:
    redis:
"""


@pytest.fixture
def report(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = pytester.path / "left-out.json"
    monkeypatch.setenv("TIERLINE_LEFT_OUT", str(path))
    pytester.makeini(SETTINGS)
    pytester.makepyfile(TESTS)
    return path


@pytest.mark.parametrize("workers", ["0", "2"])
def test_leaves_out_what_is_named_and_counts_it(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch, report: Path, workers: str
) -> None:
    monkeypatch.setenv("TIERLINE_WITHOUT", "redis,browser,postgres")
    result = pytester.runpytest_subprocess("-n", workers, "-p", "no:randomly")
    assert result.parseoutcomes()["passed"] == 1
    assert "failed" not in result.parseoutcomes()
    assert json.loads(report.read_text()) == {"redis": 1, "browser": 1, "postgres": 1}


def test_runs_everything_when_nothing_is_named(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch, report: Path
) -> None:
    monkeypatch.setenv("TIERLINE_WITHOUT", "")
    result = pytester.runpytest_subprocess("-n", "0")
    assert result.parseoutcomes() == {"passed": 1, "failed": 3}
    assert json.loads(report.read_text()) == {}
