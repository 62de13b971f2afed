"""Dependencies of admin routes: a reader with a scope, a writer with a trail."""

from collections.abc import Callable
from typing import Annotated

from fastapi import Depends

from app.kit.http.context import request_context
from app.modules.tenancy.guards import AdminVisit, as_admin
from app.modules.tenancy.services.operator import Operator


def operating(permission: str) -> Callable[..., Operator]:
    """Dependency: an admin who may write, with the request that the audit log names.

    Raises NotSignedIn, Forbidden.
    """

    admin = as_admin(permission)

    def enter(visit: Annotated[AdminVisit, Depends(admin)]) -> Operator:
        return Operator(visit.identity, visit.scope, request_context().request_id)

    return enter
