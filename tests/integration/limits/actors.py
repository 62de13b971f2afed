"""Who writes in these proofs."""

from app.contracts.tenants import AdminScope
from app.modules.tenancy.models import UserType
from app.modules.tenancy.services.identity import Identity
from app.modules.tenancy.services.operator import Operator
from app.modules.tenancy.services.team_audit import Acting

ACTING = Acting("user:1", None, "Anne", "en", "request")
OPERATOR = Operator(
    Identity(actor="user:1", user_id=1, user_type=UserType.SUPER_ADMIN),
    AdminScope(platform_ids=None),
    request_id="request",
)
