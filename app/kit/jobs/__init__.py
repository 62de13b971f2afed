"""Background jobs: each slot of each job takes effect once, whatever the number of processes."""

from app.kit.jobs.declared import DeclaredJobs, configure_jobs, declared_jobs, request_run
from app.kit.jobs.execution import FailureHook
from app.kit.jobs.in_process import InProcessEngine
from app.kit.jobs.job import Done, Job, JobRun, More, OutsideJob, OutsideRun, StepJob
from app.kit.jobs.runner import JobRunner
from app.kit.jobs.slots import configure_slots, run_slots
from app.kit.jobs.tally import RunTally, tally_runs
from app.kit.jobs.turns import JOBS_TURN, Engine, Turn
from app.kit.jobs.wake import configure_wake, wake

__all__ = [
    "JOBS_TURN",
    "DeclaredJobs",
    "Done",
    "Engine",
    "FailureHook",
    "InProcessEngine",
    "Job",
    "JobRun",
    "JobRunner",
    "More",
    "OutsideJob",
    "OutsideRun",
    "RunTally",
    "StepJob",
    "Turn",
    "configure_jobs",
    "configure_slots",
    "configure_wake",
    "declared_jobs",
    "request_run",
    "run_slots",
    "tally_runs",
    "wake",
]
