"""Shapes of a store's team."""

from datetime import datetime
from typing import Self

from pydantic import BaseModel

from app.kit.http.paging import PageOut
from app.modules.tenancy.models import MemberRole, StoreUser, User
from app.modules.tenancy.schemas.account import Email


class InviteIn(BaseModel):
    """Whom to invite, and the role to have."""

    email: Email
    role: MemberRole


class RoleIn(BaseModel):
    """The role to have from now on."""

    role: MemberRole


class OwnerOut(BaseModel):
    """The merchant's owner, who belongs to every team without being a member."""

    user_id: int
    email: str
    display_name: str


class MemberOut(BaseModel):
    """A member, or somebody invited until `invitation_expires_at`."""

    id: int
    user_id: int
    email: str
    display_name: str
    role: str
    status: str
    joined_at: datetime | None
    invitation_expires_at: datetime | None
    version: int

    @classmethod
    def of(cls, member: StoreUser, user: User) -> Self:
        """Describe a membership."""
        return cls(
            id=member.id,
            user_id=user.id,
            email=user.email,
            display_name=user.display_name,
            role=member.role,
            status=member.status,
            joined_at=member.joined_at,
            invitation_expires_at=member.invitation_expires_at,
            version=member.version,
        )


class TeamOut(PageOut[MemberOut]):
    """A page of members, and the owner."""

    owner: OwnerOut
