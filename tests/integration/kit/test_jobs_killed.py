"""Three processes on one database, killed at random: every slot of every job, exactly once."""

import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import SystemRandom
from time import monotonic
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import func, select

from app.kit.db import Database, unit_of_work
from app.kit.jobs import JobRunner
from app.kit.jobs.models import JobSchedule, JobSlot
from app.kit.jobs.schedule import Schedule
from tests.integration.kit.job_process import EVERY_MINUTE, JOBS, PARTS
from tests.integration.kit.jobs_table import Workshop, effects

PROCESSES = 3
LIMIT_S = 900
ROOT = Path(__file__).parents[3]
Process = subprocess.Popen[bytes]


@pytest.fixture(autouse=True)
def tables(database: Database) -> Iterator[None]:
    Workshop.metadata.create_all(database.engine)
    yield
    Workshop.metadata.drop_all(database.engine)


@pytest.fixture
def processes() -> Iterator[list[Process]]:
    """The running processes; whatever a test leaves is killed."""
    running: list[Process] = []
    yield running
    for process in running:
        process.kill()
        process.communicate()


def begin(url: str) -> Process:
    command = [sys.executable, "-m", "tests.integration.kit.job_process", url]
    return subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )


def wait_until_at_work(process: Process) -> None:
    assert process.stdout is not None
    assert process.stdout.readline() == b"at work\n"


def kill_all(processes: list[Process], chance: SystemRandom) -> None:
    """Kill -9 every process, each at its own random moment of the work."""
    for process in processes:
        wait_until_at_work(process)
    chance.shuffle(processes)
    while processes:
        with pytest.raises(subprocess.TimeoutExpired):  # nobody ends unasked
            processes[-1].wait(timeout=chance.uniform(0.01, 0.2))
        victim = processes.pop()
        victim.kill()
        victim.communicate()


def count_done() -> int:
    with unit_of_work(read_only=True) as work:
        count = select(func.count()).where(JobSlot.status == "done")
        return work.session.scalars(count).one()


def count_takeovers() -> int:
    """How many runs had to be claimed again, since whoever had them was killed."""
    with unit_of_work(read_only=True) as work:
        again = select(func.coalesce(func.sum(JobSlot.attempts - 1), 0))
        return work.session.scalars(again.where(JobSlot.attempts > 1)).one()


def plan_from(first: datetime) -> None:
    with unit_of_work() as work:
        work.session.add_all(JobSchedule(name=job.name, planned_until=first) for job in JOBS)


def test_runs_every_slot_of_every_job_once_whatever_is_killed(
    database_url: str, processes: list[Process], proof_size: Callable[..., int]
) -> None:
    slots_of_a_job = proof_size("job slots among killed processes", reduced=60, full=600)
    rounds = proof_size("rounds of kill -9 on three job runners", reduced=3, full=30)
    chance = SystemRandom()
    first = datetime.now(UTC) - timedelta(minutes=slots_of_a_job)
    plan_from(first)
    for _ in range(rounds):
        processes += [begin(database_url) for _ in range(PROCESSES)]
        kill_all(processes, chance)
    assert count_done() < slots_of_a_job * len(JOBS)  # all kills came amid the work
    processes += [begin(database_url) for _ in range(PROCESSES)]
    end = monotonic() + LIMIT_S
    while count_done() < slots_of_a_job * len(JOBS):
        assert monotonic() < end, "the work did not come to its end"
        with pytest.raises(subprocess.TimeoutExpired):  # nobody ends unasked
            processes[0].wait(timeout=0.1)
    for process in processes:
        wait_until_at_work(process)
        process.communicate(timeout=LIMIT_S)  # closes its input: a graceful stop
        assert process.returncode == 0
    processes.clear()
    last = datetime.now(UTC)
    JobRunner(JOBS).run_due(last)  # what fell due while they stopped
    with unit_of_work(read_only=True) as work:
        runs = {(row.name, row.slot): row.status for row in work.session.scalars(select(JobSlot))}
    slots = list(Schedule(EVERY_MINUTE, ZoneInfo("UTC")).slots(first, last))
    done = Counter(effects())
    for slot in slots:
        for part in range(PARTS):
            assert done.pop(("kill.parts", slot, part)) == 1
        assert done.pop(("kill.once", slot, 0)) == 1
        assert done.pop(("kill.outside", slot, 0)) >= 1  # calls may be repeated, never lost
    assert done == Counter()
    assert count_takeovers() > 0  # kills hit running work
    assert runs == {(job.name, slot): "done" for job in JOBS for slot in slots}
