"""The in-process engine, as a web process has it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from threading import Event

import pytest

from app.kit.clocks import system_now
from app.kit.db import UnitOfWork, unit_of_work
from app.kit.jobs import JOBS_TURN, Done, InProcessEngine, Job, JobRun, JobRunner, StepJob, Turn
from app.kit.jobs.models import JobSchedule

LIMIT_S = 30.0
NEVER_S = 3600.0

pytestmark = pytest.mark.usefixtures("database")


@contextmanager
def running(turns: dict[str, Turn], *, poll_s: float = 1.0) -> Iterator[InProcessEngine]:
    engine = InProcessEngine(turns, poll_s=poll_s)
    engine.start()
    try:
        yield engine
    finally:
        assert engine.stop(LIMIT_S)


def seen_an_hour_ago(*jobs: Job) -> None:
    with unit_of_work() as work:
        hour_ago = system_now() - timedelta(hours=1)
        work.session.add_all(JobSchedule(name=job.name, planned_until=hour_ago) for job in jobs)


def test_runs_what_is_due_by_itself() -> None:
    ran = Event()

    def step(_work: UnitOfWork, _run: JobRun) -> Done:
        ran.set()
        return Done()

    job = StepJob(name="test.minute", schedule="* * * * *", step=step)
    seen_an_hour_ago(job)
    with running({JOBS_TURN: JobRunner([job]).take_turn}):
        assert ran.wait(LIMIT_S)


def test_finishes_a_run_before_it_stops() -> None:
    begun, may_end = Event(), Event()

    def step(_work: UnitOfWork, _run: JobRun) -> Done:
        begun.set()
        assert may_end.wait(LIMIT_S)
        return Done({"steps": 1})

    job = StepJob(name="test.minute", schedule="* * * * *", step=step)
    seen_an_hour_ago(job)
    runner = JobRunner([job])
    with running({JOBS_TURN: runner.take_turn}) as engine:
        assert begun.wait(LIMIT_S)
        assert not engine.stop(0.0)  # still at work
        may_end.set()
        assert engine.stop(LIMIT_S)
        assert runner.unfinished(system_now() - timedelta(minutes=2)) == 0


def test_gives_other_background_work_its_turns_and_wakes_it_by_name() -> None:
    turns: list[str] = []
    first, second = Event(), Event()

    def turn() -> bool:
        (second if turns else first).set()
        turns.append("turn")
        return False

    with running({JOBS_TURN: JobRunner([]).take_turn, "outbox": turn}, poll_s=NEVER_S) as engine:
        assert first.wait(LIMIT_S)
        engine.wake(JOBS_TURN)
        assert turns == ["turn"]
        engine.wake("outbox")
        assert second.wait(LIMIT_S)
