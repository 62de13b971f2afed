"""`tierline capacity`: the snapshot and the forecast on the command line."""

import json
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import func, select
from typer.testing import CliRunner, Result

from app import bootstrap
from app.bootstrap import System
from app.cli.main import commands
from app.kit.clocks import business_now
from app.kit.db import Database, unit_of_work
from app.modules.billing.models import CapacitySnapshot
from tests.factories.capacity import a_snapshot

Run = Callable[..., Result]


@pytest.fixture
def run(system: System, database: Database, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command on the test's database; raises what it raises."""
    monkeypatch.setattr(bootstrap, "start", lambda: system)

    def invoke(*arguments: str) -> Result:
        return CliRunner().invoke(commands, ["capacity", *arguments], catch_exceptions=False)

    return invoke


def test_a_snapshot_is_written_and_told(run: Run) -> None:
    result = run("snapshot", "--json")
    assert result.exit_code == 0
    assert json.loads(result.output)["platforms"] == 0
    with unit_of_work(read_only=True) as work:
        assert work.session.scalar(select(func.count()).select_from(CapacitySnapshot)) == 1


def test_a_forecast_lists_every_metric(run: Run) -> None:
    today = business_now().date()
    for n in range(10):
        a_snapshot(today - timedelta(days=n), products=1000 - 10 * n)
    rows = {row["metric"]: row for row in json.loads(run("forecast", "--json").output)}
    assert rows["products"]["last"] == 1000
    assert rows["products"]["monthly_projection"] == pytest.approx(1300, abs=5)


def test_too_few_snapshots_end_with_one(run: Run) -> None:
    a_snapshot(business_now().date(), products=1)
    assert run("forecast").exit_code == 1
