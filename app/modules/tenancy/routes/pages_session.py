"""The sign-in page and the way to one's first page."""

from starlette.requests import Request
from starlette.responses import RedirectResponse

from app.kit.http.context import request_context
from app.kit.http.router import page_router
from app.kit.templating import render_page
from app.modules.tenancy.guards import identify
from app.modules.tenancy.services.account import landing_page

router = page_router()


@router.get("/")
def get_root() -> RedirectResponse:
    """Lead everybody to the first page of theirs."""
    target = "/login" if request_context().principal is None else landing_page(identify())
    return RedirectResponse(target, status_code=303)


@router.get("/login", response_model=None)
def get_login(request: Request, next: str = "") -> str | RedirectResponse:  # noqa: A002 - usual
    """The sign-in page; `next` is where to go after, an address of ours or nothing."""
    if request_context().principal is not None:
        return RedirectResponse(own_path(next) or "/", status_code=303)
    return render_page(request, "tenancy/account/login.html", next=own_path(next))


def own_path(path: str) -> str:
    """Return a path on this very site, or nothing: no open redirect."""
    is_own = path.startswith("/") and not path.startswith("//") and "\\" not in path
    return path if is_own and path.isprintable() else ""  # browsers drop tabs: "/\t/x" is "//x"
