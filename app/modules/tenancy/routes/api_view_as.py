"""Looking at a merchant as its owner does."""

from typing import Annotated

from fastapi import Depends

from app.kit.db import unit_of_work
from app.kit.errors import NotSignedIn
from app.kit.http.context import request_context
from app.kit.http.fields import Id
from app.kit.http.read_only import open_to_viewers
from app.kit.http.router import api_router
from app.modules.tenancy.guards import in_person
from app.modules.tenancy.permissions import VIEW_ADMIN
from app.modules.tenancy.routes.operating import operating
from app.modules.tenancy.schemas.view_as import LandingOut
from app.modules.tenancy.services.identity import Identity
from app.modules.tenancy.services.operator import Operator
from app.modules.tenancy.services.view_as import begin_view, end_view

router = api_router("", "Account")


@router.post("/admin/merchants/{merchant_id}/view", dependencies=[Depends(in_person)])
def post_view(
    merchant_id: Id, viewer: Annotated[Operator, Depends(operating(VIEW_ADMIN))]
) -> LandingOut:
    """See what the merchant's owner sees, until one ends it; nothing can be changed meanwhile."""
    with unit_of_work() as work:
        begin_view(work, viewer, merchant_id, session=_session())
    return LandingOut(landing=f"/merchant?merchant_id={merchant_id}")


@router.delete("/auth/view")
@open_to_viewers
def delete_view(identity: Annotated[Identity, Depends(in_person)]) -> LandingOut:
    """Be oneself again."""
    with unit_of_work() as work:
        merchant_id = end_view(work, identity, session=_session())
    return LandingOut(landing="/" if merchant_id is None else f"/admin/merchants/{merchant_id}")


def _session() -> str:
    secret = request_context().session_token
    if secret is None:
        raise NotSignedIn
    return secret
