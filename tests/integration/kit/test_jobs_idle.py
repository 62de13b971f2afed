"""Running everything that is due and waiting for what others hold, as whoever moves time does."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from app.kit import clocks
from app.kit.clocks import Clocks, SettableClock, configure_clocks
from app.kit.db import Database, UnitOfWork, unit_of_work
from app.kit.jobs import Done, JobRun, JobRunner, StepJob
from app.kit.jobs.claims import claim_next
from app.kit.jobs.models import JobSlot
from app.kit.jobs.planning import plan_slots

START = datetime(2026, 5, 4, 8, 30, tzinfo=UTC)
HOUR = timedelta(hours=1)
UTC_ZONE = ZoneInfo("UTC")


@pytest.fixture(autouse=True)
def frozen(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clocks, "_clocks", None)  # restores what was configured before
    configure_clocks(Clocks(system=SettableClock(START)))


def hourly(*, fails: bool = False) -> StepJob:
    def step(_work: UnitOfWork, _run: JobRun) -> Done:
        if fails:
            raise ValueError
        return Done()

    return StepJob(name="test.hourly", schedule="0 * * * *", catch_up="every", step=step)


def started(job: StepJob) -> JobRunner:
    runner = JobRunner([job])
    assert runner.run_due(START) == 0
    return runner


def states() -> list[tuple[int, str]]:
    """Hour and status of each slot."""
    with unit_of_work(read_only=True) as work:
        rows = work.session.query(JobSlot).order_by(JobSlot.slot).all()
        return [(row.slot.hour, row.status) for row in rows]


def test_it_runs_until_nothing_is_left_that_could_run_now() -> None:
    assert started(hourly()).run_until_idle(START + 3 * HOUR)
    assert states() == [(9, "done"), (10, "done"), (11, "done")]


def test_it_does_not_wait_for_what_waits_for_its_next_try() -> None:
    assert started(hourly(fails=True)).run_until_idle(START + HOUR)
    assert states() == [(9, "waiting")]


def test_it_waits_for_what_others_hold_and_says_when_it_gave_up() -> None:
    runner = started(hourly())
    plan_slots(runner.jobs.values(), START + HOUR, UTC_ZONE)
    with unit_of_work() as work:
        assert claim_next(work, hourly(), START + HOUR) is not None
    assert not runner.run_until_idle(START + HOUR, patience_s=0.01)
    assert states() == [(9, "running")]
