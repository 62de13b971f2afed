"""Runs jobs, slot by slot: whenever an engine gives it a turn, or a command asks."""

from collections.abc import Iterable
from datetime import datetime
from time import monotonic, sleep
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from app.kit.clocks import business_now, clocks, pin_business_time
from app.kit.db import UnitOfWork, unit_of_work
from app.kit.jobs.claims import any_open, claim_new, claim_next, jobs_with_work
from app.kit.jobs.declared import JobBusy, UnknownJob
from app.kit.jobs.execution import FailureHook, execute
from app.kit.jobs.job import Job, JobRun
from app.kit.jobs.models import JobSlot
from app.kit.jobs.planning import plan_slots

IDLE_LOOK_S = 0.05


def _ignore(_work: UnitOfWork, _run: JobRun, _error: str) -> None:
    """Nobody is told of failed runs but the log."""


class JobRunner:
    """Plans and runs the slots of jobs; any number of processes may, on the same database.

    `zone` bounds the slots of jobs without a zone of their own. `on_failure` is told in the same
    unit of work when a run stays failed.
    """

    def __init__(
        self,
        jobs: Iterable[Job],
        *,
        zone: ZoneInfo | None = None,
        on_failure: FailureHook = _ignore,
    ) -> None:
        self.jobs = {job.name: job for job in jobs}
        self._zone = zone or ZoneInfo("UTC")
        self._on_failure = on_failure
        for job in self.jobs.values():
            job.schedule_in(self._zone)  # a wrong schedule stops the start, not a later night

    def take_turn(self) -> bool:
        """Plan what is due and run the oldest open slot; False when there was none."""
        pin_business_time(clocks().read_offset())
        now = business_now()
        plan_slots(self.jobs.values(), now, self._zone)
        return self._run_next(now) is not None

    def run_due(self, now: datetime) -> int:
        """Plan and run everything that is due at `now`, business time; how many slots it ended.

        Slots come in order of time. What other processes hold, and what waits for its next try,
        is left to later: `unfinished` counts it.
        """
        plan_slots(self.jobs.values(), now, self._zone)
        ended = 0
        while (done := self._run_next(now)) is not None:
            ended += done
        return ended

    def run_until_idle(self, now: datetime, *, patience_s: float = 10.0) -> bool:
        """Run what is due at `now` as `run_due`, and wait for what other threads have taken.

        False when something was still at work after `patience_s` real seconds.
        """
        end = monotonic() + patience_s
        self.run_due(now)
        while self._is_busy(now):
            if monotonic() > end:
                return False
            sleep(IDLE_LOOK_S)
            self.run_due(now)
        return True

    def run_now(self, name: str) -> JobSlot:
        """Run a job once, outside its schedule, and return how it went.

        Raises UnknownJob.
        """
        if name not in self.jobs:
            raise UnknownJob(name=name)
        job = self.jobs[name]
        with unit_of_work() as work, work.conflicts({"job_runs.name": JobBusy}):
            claim = claim_new(work, job, business_now())
        execute(job, claim, on_failure=self._on_failure)
        with unit_of_work() as work:
            return work.session.get_one(JobSlot, claim.run_id)

    def unfinished(self, until: datetime) -> int:
        """How many planned slots up to `until`, business time, still wait or run."""
        with unit_of_work(read_only=True) as work:
            count = select(func.count()).where(
                JobSlot.slot <= until, JobSlot.status.in_(("waiting", "running"))
            )
            return work.session.scalars(count).one()

    def _is_busy(self, until: datetime) -> bool:
        with unit_of_work(read_only=True) as work:
            return any_open(work, self.jobs, until)

    def _run_next(self, now: datetime) -> bool | None:
        """Run the oldest open slot; whether it ended well, None when there was none."""
        with unit_of_work(read_only=True) as work:
            names = jobs_with_work(work, self.jobs, now)
        for name in names:
            job = self.jobs[name]
            with unit_of_work() as work:
                claim = claim_next(work, job, now)
            if claim is not None:
                return execute(job, claim, on_failure=self._on_failure)
        return None
