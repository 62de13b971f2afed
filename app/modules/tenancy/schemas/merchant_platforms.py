"""Shapes of an owner's platforms."""

from pydantic import BaseModel


class MerchantPlatformOut(BaseModel):
    """A platform that is open to the merchant or on which it sells, with its stores there."""

    id: int
    code: str
    name: str
    is_active: bool
    stores: int


class MerchantPlatformsOut(BaseModel):
    """All of them, by name."""

    items: list[MerchantPlatformOut]
