"""Signing in, signing out, and who one is."""

from typing import Annotated

from fastapi import Depends, Request, Response

from app.kit.db import unit_of_work
from app.kit.errors import NotSignedIn
from app.kit.http.authentication import Credentials, gatekeeper
from app.kit.http.context import request_context
from app.kit.http.csrf import csrf_token
from app.kit.http.etags import set_etag
from app.kit.http.read_only import open_to_viewers
from app.kit.http.router import api_router
from app.modules.tenancy.guards import identify
from app.modules.tenancy.routes.session_cookie import (
    browser_of,
    clear_session_cookie,
    set_session_cookie,
)
from app.modules.tenancy.schemas.auth import (
    LoginIn,
    LoginOut,
    MeOut,
    MerchantBrief,
    StoreBrief,
    UserOut,
)
from app.modules.tenancy.services import account
from app.modules.tenancy.services.authenticate import authenticate
from app.modules.tenancy.services.identity import Identity
from app.modules.tenancy.services.sessions import end_session, sign_in

router = api_router("/auth", "Account")


@router.post("/login")
def post_login(body: LoginIn, request: Request, response: Response) -> LoginOut:
    """Sign in; the session comes as a cookie."""
    secret = sign_in(body.email, body.password, browser=browser_of(request))
    set_session_cookie(response, secret)
    return signed_in_answer(secret)


@router.post("/logout", status_code=204)
@open_to_viewers
def post_logout(response: Response) -> None:
    """End this session; without one there is nothing to do."""
    secret = request_context().session_token
    if secret is not None:
        with unit_of_work() as work:
            end_session(work, secret)
    clear_session_cookie(response)


@router.get("/me")
def get_me(identity: Annotated[Identity, Depends(identify)], response: Response) -> MeOut:
    """Who one is, where one may go, and a fresh CSRF token."""
    person = account.own_account(identity)
    set_etag(response, person.version)
    return MeOut(
        user=UserOut.of(person),
        csrf_token=_csrf_token(request_context().session_token),
        merchants=[
            MerchantBrief(id=one.id, name=one.name) for one in account.own_merchants(identity)
        ],
        stores=[
            StoreBrief(
                id=one.id,
                code=one.code,
                name=one.name,
                merchant_id=one.merchant_id,
                platform_id=one.platform_id,
                role=one.role,
            )
            for one in account.own_stores(identity)
        ],
        permissions=account.own_permissions(identity),
    )


def signed_in_answer(secret: str, *, landing: str | None = None) -> LoginOut:
    """Return the answer to a sign-in, whichever way it came about. Raises NotSignedIn."""
    identity = authenticate(Credentials(session_token=secret, bearer=None))
    if identity is None:
        raise NotSignedIn
    return LoginOut(
        user=UserOut.of(account.own_account(identity)),
        csrf_token=_csrf_token(secret),
        landing=landing or account.landing_page(identity),
    )


def _csrf_token(secret: str | None) -> str:
    return csrf_token(secret, gatekeeper().settings.secret_key) if secret else ""
