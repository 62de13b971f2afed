"""Jobs of every kind, due every minute."""

from datetime import timedelta
from threading import Event
from typing import Any

from app.kit.db import UnitOfWork, unit_of_work
from app.kit.jobs import Done, JobRun, More, OutsideJob, OutsideRun, StepJob

from .models import ClockworkMark

PARTS = 3
OUTSIDE_S = 0.2  # long enough to be killed in
EVERY_MINUTE: dict[str, Any] = {
    "schedule": "* * * * *",
    "catch_up": "every",
    "lease": timedelta(seconds=2),
}


def _in_parts(work: UnitOfWork, run: JobRun) -> Done | More:
    part = run.cursor or 0
    work.session.add(ClockworkMark(work=run.name, slot=run.slot, part=part))
    return Done() if part == PARTS - 1 else More(part + 1)


def _outside(run: OutsideRun) -> Done:
    Event().wait(OUTSIDE_S)
    run.keep_alive()
    with unit_of_work() as work:
        work.session.add(ClockworkMark(work=run.name, slot=run.slot))
    return Done()


def _fail(_work: UnitOfWork, _run: JobRun) -> Done:
    raise ValueError("this job always fails")


JOBS = (
    StepJob(name="clockwork.parts", step=_in_parts, **EVERY_MINUTE),
    OutsideJob(name="clockwork.outside", call=_outside, **EVERY_MINUTE),
    StepJob(name="clockwork.failing", schedule="0 0 1 1 *", step=_fail),
)
