"""What a runner refuses before anything runs."""

import pytest

from app.kit.db import UnitOfWork
from app.kit.jobs import Done, JobRun, JobRunner, StepJob


def nothing(_work: UnitOfWork, _run: JobRun) -> Done:
    return Done()


@pytest.mark.parametrize("schedule", ["at noon", "61 * * * *"])
def test_refuses_a_wrong_schedule_at_the_start(schedule: str) -> None:
    with pytest.raises(ValueError, match="is not a cron expression"):
        JobRunner([StepJob(name="a.job", schedule=schedule, step=nothing)])
