"""Signing up."""

from fastapi import Request, Response

from app.kit.http.router import api_router
from app.modules.tenancy.routes.api_session import signed_in_answer
from app.modules.tenancy.routes.session_cookie import browser_of, set_session_cookie
from app.modules.tenancy.schemas.auth import LoginOut
from app.modules.tenancy.schemas.signup import SignupIn
from app.modules.tenancy.services.signup import Signup, sign_up

router = api_router("/auth", "Account")


@router.post("/signup", status_code=201)
def post_signup(body: SignupIn, request: Request, response: Response) -> LoginOut:
    """Create merchant, first store and owner, start the trial, and sign in at once (D3)."""
    secret = sign_up(Signup(**body.model_dump()), browser=browser_of(request))
    set_session_cookie(response, secret)
    return signed_in_answer(secret)
