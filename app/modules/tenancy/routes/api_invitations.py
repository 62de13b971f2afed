"""Invitations from the side of the invited."""

from fastapi import Request, Response

from app.kit.db import unit_of_work
from app.kit.http.context import Principal, request_context
from app.kit.http.router import api_router
from app.modules.tenancy.routes.api_session import signed_in_answer
from app.modules.tenancy.routes.session_cookie import browser_of, set_session_cookie
from app.modules.tenancy.schemas.auth import LoginOut
from app.modules.tenancy.schemas.invitation import AcceptIn, InvitationOut
from app.modules.tenancy.services.identity import Identity
from app.modules.tenancy.services.invitation import (
    Acceptance,
    accept_invitation,
    read_invitation,
)

router = api_router("/auth/invitations", "Account")


@router.get("/{token}")
def get_invitation(token: str) -> InvitationOut:
    """What an open invitation says; `valid` is false when its 14 days are over."""
    with unit_of_work(read_only=True) as work:
        found = read_invitation(work, token)
    return InvitationOut(
        merchant=found.merchant,
        store=found.store,
        role=found.role,
        email=found.email,
        valid=found.valid,
        is_new=found.is_new,
    )


@router.post("/{token}/accept")
def post_accept(token: str, body: AcceptIn, request: Request, response: Response) -> LoginOut:
    """Join the team: with a new password, with the present one, or signed in as the invited."""
    context = request_context()
    accepted = accept_invitation(
        token,
        Acceptance(password=body.password, display_name=body.display_name),
        signed_in_user_id=_person_in_browser(context.principal),
        browser=browser_of(request),
    )
    secret = accepted.session_secret or context.session_token or ""
    if accepted.session_secret is not None:
        set_session_cookie(response, accepted.session_secret)
    return signed_in_answer(secret, landing=f"/store/{accepted.store_code}")


def _person_in_browser(principal: Principal | None) -> int | None:
    if isinstance(principal, Identity) and principal.scopes is None:
        return principal.user_id
    return None
