"""Shapes of an invitation and of accepting it."""

from pydantic import BaseModel

from app.modules.tenancy.schemas.account import DisplayName, Password


class InvitationOut(BaseModel):
    """What an invitation says; `is_new` means that a password is still to be chosen."""

    merchant: str
    store: str
    role: str
    email: str
    valid: bool
    is_new: bool


class AcceptIn(BaseModel):
    """A new person's name and password, or a known one's password; neither if signed in."""

    display_name: DisplayName = ""
    password: Password | None = None
