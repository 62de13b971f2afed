"""The page of kept mails."""

from fastapi import Depends
from starlette.requests import Request

from app.kit.http.authentication import require
from app.kit.http.router import page_router
from app.kit.templating import render_page
from app.modules.core.permissions import VIEW_MAILS

router = page_router("/admin/mails")


@router.get("", dependencies=[Depends(require(VIEW_MAILS))])
def get_mails(request: Request) -> str:
    """What would have been sent, newest first."""
    return render_page(request, "core/admin/mails.html")
