"""Shapes of accounts in the hands of super admins."""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

from pydantic import BaseModel, Field

from app.modules.tenancy.models import User, UserType
from app.modules.tenancy.schemas.operators import Input


class GrantIn(Input):
    """A platform to look after, and what is held there by grant alone."""

    platform_id: int
    granted: list[str] = Field(default_factory=list, max_length=50)


class AdminIn(Input):
    """A new admin; a link to choose a password goes to the address."""

    email: str = Field(max_length=254)
    display_name: str = Field(default="", max_length=120)
    user_type: Literal[UserType.SUPER_ADMIN, UserType.PLATFORM_ADMIN]
    locale: str | None = None
    platforms: list[GrantIn] = Field(default_factory=list, max_length=200)


class UserPatch(Input):
    """What may change of an account."""

    display_name: str = Field(default="", max_length=120)
    user_type: UserType = UserType.MEMBER
    locale: str = ""
    is_active: bool = True
    platforms: list[GrantIn] = Field(default_factory=list, max_length=200)


class GrantOut(BaseModel):
    """A platform that an admin looks after."""

    platform_id: int
    code: str
    name: str
    granted: list[str]


class AccountOut(BaseModel):
    """An account; never anything of its password."""

    id: int
    email: str
    email_verified: bool
    display_name: str
    user_type: str
    locale: str
    is_active: bool
    has_password: bool
    platforms: list[GrantOut]
    created_at: datetime
    version: int

    @classmethod
    def of(cls, user: User, *, platforms: Sequence[GrantOut]) -> "AccountOut":
        """Return the answer for an account."""
        return cls(
            id=user.id,
            email=user.email,
            email_verified=user.email_verified_at is not None,
            display_name=user.display_name,
            user_type=user.user_type,
            locale=user.locale,
            is_active=user.is_active,
            has_password=user.password_hash is not None,
            platforms=list(platforms),
            created_at=user.created_at,
            version=user.version,
        )
