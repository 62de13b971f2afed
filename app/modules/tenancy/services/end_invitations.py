"""The end of invitations by time."""

from datetime import datetime

from app.kit.db import UnitOfWork
from app.modules.core.public import record_audit
from app.modules.tenancy.models import MemberStatus
from app.modules.tenancy.repositories import team
from app.modules.tenancy.services.change_member import end_membership
from app.modules.tenancy.services.team_audit import membership

ACTOR = "job:tenancy.end_invitations"


def end_expired_invitations(work: UnitOfWork, *, at: datetime, limit: int) -> int:
    """End up to `limit` invitations whose time is over at `at`; returns how many."""
    expired = team.expired_invitations(work.session, at=at, limit=limit)
    for member in expired:
        end_membership(work, member)
        record_audit(
            work,
            ACTOR,
            action="team.invitation_expired",
            target=membership(member),
            before={"status": MemberStatus.INVITED},
            after={"status": member.status},
        )
    return len(expired)
