"""Shapes of one's own account, its browsers and its tokens."""

from datetime import datetime
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BaseModel, Field, StringConstraints

from app.modules.tenancy.models import ApiToken, UserSession

Language = Literal["de", "en", "fr", "lb"]
DisplayName = Annotated[
    str, StringConstraints(max_length=120), AfterValidator(lambda name: " ".join(name.split()))
]
Password = Annotated[str, StringConstraints(max_length=1000)]
Email = Annotated[str, StringConstraints(max_length=254)]


class AccountIn(BaseModel):
    """What to change; what is left out stays. Address and password need the present password."""

    display_name: DisplayName | None = None
    locale: Language | None = None
    email: Email | None = None
    password: Password | None = None
    current_password: Password | None = None


class EmailIn(BaseModel):
    """A mail address."""

    email: Email


class LinkIn(BaseModel):
    """The secret of a link in a mail."""

    token: str = Field(max_length=200)


class ResetIn(LinkIn):
    """The secret of a link, and the password to have from now on."""

    password: Password


class SessionOut(BaseModel):
    """A browser in which one is signed in."""

    id: int
    created_at: datetime
    last_seen_at: datetime
    address: str
    user_agent: str
    is_current: bool

    @classmethod
    def of(cls, session: UserSession, *, current_hash: str | None) -> Self:
        """Describe a session; the one with `current_hash` is the asker's."""
        return cls(
            id=session.id,
            created_at=session.created_at,
            last_seen_at=session.last_seen_at,
            address=session.address,
            user_agent=session.user_agent,
            is_current=session.token_hash == current_hash,
        )


class TokenIn(BaseModel):
    """A token to make; without `expires_in_days` it lives until it is revoked."""

    name: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80)]
    scopes: Annotated[list[str], Field(max_length=20)]
    expires_in_days: Annotated[int | None, Field(ge=1, le=3650)] = None
    platform_id: int | None = None


class TokenOut(BaseModel):
    """A token without its secret; `hint` is how the secret begins."""

    id: int
    name: str
    hint: str
    scopes: list[str]
    platform_id: int | None
    created_at: datetime
    last_used_at: datetime | None
    expires_at: datetime | None

    @classmethod
    def of(cls, token: ApiToken) -> Self:
        """Describe a token."""
        return cls(
            id=token.id,
            name=token.name,
            hint=token.hint,
            scopes=[str(scope) for scope in token.scopes],
            platform_id=token.platform_id,
            created_at=token.created_at,
            last_used_at=token.last_used_at,
            expires_at=token.expires_at,
        )


class NewTokenOut(BaseModel):
    """A fresh token with its secret, which is shown this once."""

    token: str
    details: TokenOut
