"""Carries out one claimed run."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

import structlog

from app.kit.clocks import clocks, pin_business_time
from app.kit.db import UnitOfWork, rerun_on_conflict, unit_of_work
from app.kit.error_text import error_text
from app.kit.jobs.claims import Claim, LeaseLost, finish, note_failure, renew
from app.kit.jobs.job import Done, Job, JobRun, More, OutsideJob, OutsideRun, StepJob

FailureHook = Callable[[UnitOfWork, JobRun, str], None]

_log = structlog.get_logger(__name__)


def execute(job: Job, claim: Claim, *, on_failure: FailureHook) -> bool:
    """Run a claimed slot to its end; True when it is done.

    What the job raises is kept with the run and tried again later. When the last try has failed,
    `on_failure` is called in the unit of work that says so.
    """
    pin_business_time(clocks().read_offset())
    try:
        if isinstance(job, StepJob):
            _run_steps(job, claim)
        elif isinstance(job, OutsideJob):
            _call_outside(job, claim)
    except LeaseLost:
        _log.warning("job_lease_lost", job=claim.name, slot=claim.slot.isoformat())
        return False
    except Exception as error:  # noqa: BLE001 - whatever a job raises is kept with its run
        _log.exception("job_failed", job=claim.name, slot=claim.slot.isoformat())
        _keep_failure(claim, error_text(error), on_failure)
        return False
    return True


def _run_steps(job: StepJob, claim: Claim) -> None:
    following: Claim | None = claim
    while following is not None:
        following = rerun_on_conflict(partial(_one_step, job, following))


def _one_step(job: StepJob, claim: Claim) -> Claim | None:
    """One transaction: lease, effect, cursor and counts, or nothing of it."""
    with unit_of_work() as work:
        renew(work, claim)
        answer = job.step(work, JobRun(claim.name, claim.slot, claim.cursor))
        counts = _sum(claim, answer)
        if isinstance(answer, Done):
            finish(work, claim, counts)
            return None
        renew(work, claim, cursor=answer.cursor, counts=counts, failures=0, error=None)
        return replace(claim, cursor=answer.cursor, counts=counts)


def _call_outside(job: OutsideJob, claim: Claim) -> None:
    def keep_alive(cursor: Any) -> None:
        with unit_of_work() as work:
            renew(work, claim, **({} if cursor is None else {"cursor": cursor}))

    answer = job.call(OutsideRun(claim.name, claim.slot, claim.cursor, keep_alive))
    with unit_of_work() as work:
        finish(work, claim, _sum(claim, answer))


def _keep_failure(claim: Claim, error: str, on_failure: FailureHook) -> None:
    try:
        with unit_of_work() as work:
            if note_failure(work, claim, error):
                on_failure(work, JobRun(claim.name, claim.slot, claim.cursor), error)
    except LeaseLost:
        _log.warning("job_lease_lost", job=claim.name, slot=claim.slot.isoformat())


def _sum(claim: Claim, answer: Done | More) -> dict[str, int]:
    return {
        key: claim.counts.get(key, 0) + answer.counts.get(key, 0)
        for key in {**claim.counts, **answer.counts}
    }
