"""Background jobs: when they run, how it went, and running one now; for super admins."""

from typing import Annotated

from fastapi import Depends

from app.kit.db import unit_of_work
from app.kit.http.authentication import require
from app.kit.http.context import Principal, request_context
from app.kit.http.paging import PageOut, Paging
from app.kit.http.router import api_router
from app.kit.jobs import declared_jobs
from app.modules.core.permissions import RUN_JOBS, VIEW_JOBS
from app.modules.core.repositories import job_runs
from app.modules.core.schemas.jobs import JobOut, JobRunOut
from app.modules.core.services.jobs import job_states, start_run

router = api_router("/admin/jobs", "Admin: jobs")
MAY_READ = [Depends(require(VIEW_JOBS))]


@router.get("", dependencies=MAY_READ)
def get_jobs() -> PageOut[JobOut]:
    """Every job with its newest run and the next one; there are so few that one page holds all."""
    with unit_of_work(read_only=True) as work:
        jobs = [
            JobOut.of(
                state.job,
                zone=state.zone,
                next_at=state.next_at,
                last=state.last,
                failed=state.failed,
            )
            for state in job_states(work)
        ]
    return PageOut(items=jobs, next_cursor=None, total=len(jobs), total_is_estimate=False)


@router.get("/{job_name}/runs", dependencies=MAY_READ)
def get_runs(job_name: str, paging: Paging) -> PageOut[JobRunOut]:
    """The runs of a job, the newest first; what a newer slot made needless is left out."""
    job = declared_jobs().get(job_name)
    with unit_of_work(read_only=True) as work:
        page = job_runs.list_runs(work.session, job.name, paging)
        return PageOut[JobRunOut].of(page.map(JobRunOut.of))


@router.post("/{job_name}/run", status_code=202)
def post_run(
    job_name: str, operator: Annotated[Principal, Depends(require(RUN_JOBS))]
) -> JobRunOut:
    """Let a job run now, once, outside its schedule; it begins within a second or so."""
    request_id = request_context().request_id
    with unit_of_work() as work:
        return JobRunOut.of(start_run(work, operator.actor, job_name, request_id=request_id))
