"""The page of background jobs."""

from fastapi import Depends
from starlette.requests import Request

from app.kit.http.authentication import require
from app.kit.http.router import page_router
from app.kit.templating import render_page
from app.modules.core.permissions import VIEW_JOBS

router = page_router("/admin/jobs")


@router.get("", dependencies=[Depends(require(VIEW_JOBS))])
def get_jobs(request: Request) -> str:
    """What runs in the background, when, and how it went."""
    return render_page(request, "core/admin/jobs.html")
