"""Proving one's mail address."""

from typing import Annotated

from fastapi import Depends

from app.kit.db import unit_of_work
from app.kit.http.router import api_router
from app.modules.tenancy.guards import in_person
from app.modules.tenancy.schemas.account import EmailIn, LinkIn
from app.modules.tenancy.services.identity import Identity
from app.modules.tenancy.services.verify_email import resend_verification, verify_email

router = api_router("/auth/email", "Account")


@router.post("/verify")
def post_verify(body: LinkIn) -> EmailIn:
    """Prove the address that the link was sent to; works for whoever holds the link."""
    with unit_of_work() as work:
        return EmailIn(email=verify_email(work, body.token).email)


@router.post("/resend", status_code=204)
def post_resend(identity: Annotated[Identity, Depends(in_person)]) -> None:
    """Send the link again; a proven address gets nothing."""
    with unit_of_work() as work:
        resend_verification(work, identity.user_id or 0)
