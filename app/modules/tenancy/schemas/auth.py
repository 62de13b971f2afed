"""Shapes of signing in and of one's own account."""

from typing import Self

from pydantic import BaseModel, Field

from app.modules.tenancy.models import User


class LoginIn(BaseModel):
    """Mail address and password."""

    email: str = Field(max_length=254)
    password: str = Field(max_length=1000)


class UserOut(BaseModel):
    """A person as the person sees it."""

    id: int
    email: str
    display_name: str
    user_type: str
    locale: str | None
    email_verified: bool

    @classmethod
    def of(cls, user: User) -> Self:
        """Describe an account."""
        return cls(
            id=user.id,
            email=user.email,
            display_name=user.display_name,
            user_type=user.user_type,
            locale=user.locale,
            email_verified=user.email_verified_at is not None,
        )


class LoginOut(BaseModel):
    """Who signed in, and the token that unsafe requests carry."""

    user: UserOut
    csrf_token: str
    landing: str


class MerchantBrief(BaseModel):
    """A merchant in a list of one's own."""

    id: int
    name: str


class StoreBrief(BaseModel):
    """A store in a list of one's own, with the part one plays there."""

    id: int
    code: str
    name: str
    merchant_id: int
    platform_id: int
    role: str


class MeOut(BaseModel):
    """Everything a page needs to know of its reader."""

    user: UserOut
    csrf_token: str
    merchants: list[MerchantBrief]
    stores: list[StoreBrief]
    permissions: list[str]
