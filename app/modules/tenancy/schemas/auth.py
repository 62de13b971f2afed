"""Shapes of signing in and of one's own account."""

from pydantic import BaseModel, Field


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
