"""Pages around one's account: signing up, links from mails, settings."""

from typing import Annotated

from fastapi import Depends, Query
from starlette.requests import Request
from starlette.responses import RedirectResponse

from app.kit.db import unit_of_work
from app.kit.http.context import request_context
from app.kit.http.router import page_router
from app.kit.templating import render_page
from app.modules.tenancy.guards import in_person
from app.modules.tenancy.services.identity import Identity
from app.modules.tenancy.services.invitation import read_invitation
from app.modules.tenancy.services.places import own_places
from app.modules.tenancy.services.sign_up_choices import sign_up_choices
from app.modules.tenancy.services.tokens import grantable_scopes

router = page_router()


@router.get("/signup", response_model=None)
def get_signup(
    request: Request,
    platform: Annotated[str, Query(max_length=100)] = "",
    plan: Annotated[str, Query(max_length=100)] = "",
) -> str | RedirectResponse:
    """Where a merchant signs up; `platform` and `plan` come from the operator's price list."""
    if request_context().principal is not None:
        return RedirectResponse("/", status_code=303)
    with unit_of_work(read_only=True) as work:
        platforms = sign_up_choices(work, platform)
    return render_page(request, "tenancy/account/signup.html", platforms=platforms, plan=plan)


@router.get("/forgot-password")
def get_forgot_password(request: Request) -> str:
    """Where a link to a new password is asked for."""
    return render_page(request, "tenancy/account/forgot-password.html")


@router.get("/reset-password/{token}")
def get_reset_password(request: Request, token: str) -> str:
    """Where the link leads; looking at the page does not use it up."""
    return render_page(request, "tenancy/account/reset-password.html", token=token)


@router.get("/verify-email/{token}")
def get_verify_email(request: Request, token: str) -> str:
    """Where the link leads; the page's script proves the address, a mail scanner does not."""
    return render_page(request, "tenancy/account/verify-email.html", token=token)


@router.get("/invite/{token}")
def get_invite(request: Request, token: str) -> str:
    """What an invitation offers, and the way to accept it."""
    with unit_of_work(read_only=True) as work:
        invitation = read_invitation(work, token)
    principal = request_context().principal
    is_oneself = isinstance(principal, Identity) and principal.user_id == invitation.user_id
    return render_page(
        request,
        "tenancy/account/invite.html",
        token=token,
        invitation=invitation,
        is_oneself=is_oneself,
    )


@router.get("/account")
def get_account(request: Request, identity: Annotated[Identity, Depends(in_person)]) -> str:
    """Profile, password, browsers and tokens."""
    return render_page(
        request,
        "tenancy/account/account.html",
        scopes=grantable_scopes(identity),
        places=own_places(identity),
    )
