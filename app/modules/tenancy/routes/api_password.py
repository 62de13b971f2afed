"""A lost password."""

from app.kit.db import unit_of_work
from app.kit.http.router import api_router
from app.modules.tenancy.schemas.account import EmailIn, ResetIn
from app.modules.tenancy.services.forgot_password import ask_for_reset
from app.modules.tenancy.services.reset_password import reset_password

router = api_router("/auth/password", "Account")


@router.post("/forgot", status_code=204)
def post_forgot(body: EmailIn) -> None:
    """Mail a link to the account of this address; the answer is the same without one."""
    with unit_of_work() as work:
        ask_for_reset(work, body.email)


@router.post("/reset", status_code=204)
def post_reset(body: ResetIn) -> None:
    """Set a new password by a link; every session of the account ends."""
    reset_password(body.token, body.password)
