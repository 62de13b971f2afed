"""Who changes a team, and what of it the audit log keeps."""

from dataclasses import dataclass

from app.modules.core.public import AuditTarget
from app.modules.tenancy.models import StoreUser


@dataclass(frozen=True)
class Acting:
    """The person or token at work: the name and language that a mail shows."""

    actor: str
    user_id: int | None
    name: str
    locale: str
    request_id: str


def membership(member: StoreUser) -> AuditTarget:
    """Return a membership as the audit log names it."""
    return AuditTarget("store_user", member.id, member.platform_id, member.merchant_id)
