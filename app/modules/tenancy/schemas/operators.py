"""Shapes that several lists of operators and owners share."""

from pydantic import BaseModel, ConfigDict

from app.modules.tenancy.models import Merchant, Platform, User


class Input(BaseModel):
    """A request's body: unknown fields are refused, so that no typing error goes unnoticed."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)


class MerchantName(BaseModel):
    """A merchant in passing."""

    id: int
    name: str

    @classmethod
    def of(cls, merchant: Merchant) -> "MerchantName":
        """Return the name of a merchant."""
        return cls(id=merchant.id, name=merchant.name)


class PlatformName(BaseModel):
    """A platform in passing."""

    id: int
    code: str
    name: str

    @classmethod
    def of(cls, platform: Platform) -> "PlatformName":
        """Return the name of a platform."""
        return cls(id=platform.id, code=platform.code, name=platform.name)


class PersonName(BaseModel):
    """A person in passing."""

    id: int
    email: str
    display_name: str
    is_active: bool

    @classmethod
    def of(cls, user: User) -> "PersonName":
        """Return how a person is called and reached."""
        return cls(
            id=user.id, email=user.email, display_name=user.display_name, is_active=user.is_active
        )
