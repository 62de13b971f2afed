"""Dependencies of admin routes: a reader with a scope, a writer with a trail."""

from collections.abc import Callable
from typing import Annotated

from fastapi import Depends

from app.contracts.tenants import AdminScope
from app.kit.http.context import request_context
from app.modules.billing.permissions import MANAGE_TIERS, VIEW_ADMIN
from app.modules.billing.services.actor import Actor, Operator
from app.modules.tenancy.public import AdminVisit, as_admin


def operating(permission: str) -> Callable[..., Operator]:
    """Dependency: an admin at work, with the platforms whose tiers may be written.

    Raises NotSignedIn, Forbidden.
    """
    admin = as_admin(permission)

    def enter(visit: Annotated[AdminVisit, Depends(admin)]) -> Operator:
        actor = Actor(visit.identity.actor, request_context().request_id)
        return Operator(actor, visit.scope, _writable(visit))

    return enter


def _writable(visit: AdminVisit) -> AdminScope:
    platform_ids = visit.scope.platform_ids
    if platform_ids is None:
        return visit.scope
    may = visit.identity.may_on_platform
    return AdminScope(frozenset(one for one in platform_ids if may(MANAGE_TIERS, one)))


Reader = Annotated[Operator, Depends(operating(VIEW_ADMIN))]
