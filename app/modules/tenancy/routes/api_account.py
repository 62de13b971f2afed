"""Changing one's own account, and the browsers in which one is signed in."""

from typing import Annotated

from fastapi import Depends, Response

from app.kit.db import unit_of_work
from app.kit.http.context import request_context
from app.kit.http.etags import ExpectedVersion, set_etag
from app.kit.http.paging import PageOut, Paging
from app.kit.http.router import api_router
from app.modules.tenancy.guards import in_person
from app.modules.tenancy.schemas.account import AccountIn, SessionOut
from app.modules.tenancy.schemas.auth import UserOut
from app.modules.tenancy.services.change_account import AccountChange, change_account
from app.modules.tenancy.services.identity import Identity
from app.modules.tenancy.services.secrets import hash_secret
from app.modules.tenancy.services.sessions import end_own_session, end_sessions_of
from app.modules.tenancy.services.signed_in_browsers import list_browsers

router = api_router("/auth", "Account")
InPerson = Annotated[Identity, Depends(in_person)]


@router.patch("/me")
def patch_me(
    body: AccountIn, identity: InPerson, expected: ExpectedVersion, response: Response
) -> UserOut:
    """Change name, language, address or password.

    The last two need `current_password`. A new address has to be proven again; a new password
    ends the other sessions.
    """
    context = request_context()
    user = change_account(
        identity.user_id or 0,
        AccountChange(**body.model_dump()),
        expected_version=expected,
        address=context.address,
        keep_session=context.session_token,
    )
    set_etag(response, user.version)
    return UserOut.of(user)


@router.get("/sessions")
def get_sessions(identity: InPerson, paging: Paging) -> PageOut[SessionOut]:
    """List the browsers in which one is signed in."""
    secret = request_context().session_token
    current = hash_secret(secret) if secret else None
    with unit_of_work(read_only=True) as work:
        page = list_browsers(work, identity.user_id or 0, request=paging)
        return PageOut[SessionOut].of(
            page.map(lambda session: SessionOut.of(session, current_hash=current))
        )


@router.delete("/sessions", status_code=204)
def delete_other_sessions(identity: InPerson) -> None:
    """Sign out everywhere but here."""
    with unit_of_work() as work:
        end_sessions_of(work, identity.user_id or 0, keep_secret=request_context().session_token)


@router.delete("/sessions/{session_id}", status_code=204)
def delete_session(session_id: int, identity: InPerson) -> None:
    """Sign out in one browser."""
    with unit_of_work() as work:
        end_own_session(work, identity.user_id or 0, session_id=session_id)
