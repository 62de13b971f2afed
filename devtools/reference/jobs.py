"""Every background job with its schedule."""

import inspect
import sys

from app import bootstrap
from app.kit.jobs import Job, OutsideJob, StepJob
from app.kit.retention import CLEAN_UP
from devtools.reference.markdown import code, document, table

LEAD = (
    "Schedules are cron expressions in the zone of the job, else of the setting `TIMEZONE`. "
    "After a standstill, `every` runs each missed slot in order, `latest` only the newest. "
    "`tierline jobs run NAME` runs one now."
)


def page() -> str:
    """The whole page."""
    heads = ["Name", "What it does", "Schedule", "Zone", "Missed slots"]
    return document("Jobs", LEAD, table(heads, map(_row, all_jobs())))


def all_jobs() -> list[Job]:
    """The kit's own job, then those of each module."""
    return [CLEAN_UP, *(job for module in bootstrap.MODULES for job in module.jobs)]


def _row(job: Job) -> list[str]:
    return [code(job.name), _meaning(job), code(job.schedule), job.zone or "", job.catch_up]


def _meaning(job: Job) -> str:
    """The first line that documents the job's function if it is named so, else its file."""
    assert isinstance(job, StepJob | OutsideJob)
    function = job.step if isinstance(job, StepJob) else job.call
    is_named_so = function.__name__ == job.name.split(".")[-1]
    told = function if is_named_so else sys.modules[function.__module__]
    return (inspect.getdoc(told) or "").splitlines()[0]
