"""Shapes of platforms."""

from datetime import datetime

from pydantic import BaseModel, Field

from app.modules.tenancy.models import Platform
from app.modules.tenancy.schemas.operators import Input


class PlatformIn(Input):
    """A new platform."""

    code: str = Field(max_length=40)
    name: str = Field(max_length=120)
    timezone: str = Field(default="Europe/Luxembourg", max_length=64)
    currency: str = Field(default="EUR", max_length=3)


class PlatformPatch(Input):
    """What may change of a platform."""

    name: str = Field(default="", max_length=120)
    timezone: str = Field(default="", max_length=64)
    is_active: bool = True


class PlatformOut(BaseModel):
    """A platform with the number of its stores."""

    id: int
    code: str
    name: str
    timezone: str
    currency: str
    is_active: bool
    stores: int
    created_at: datetime
    version: int

    @classmethod
    def of(cls, platform: Platform, *, stores: int) -> "PlatformOut":
        """Return the answer for a platform."""
        return cls(
            id=platform.id,
            code=platform.code,
            name=platform.name,
            timezone=platform.timezone,
            currency=platform.currency,
            is_active=platform.is_active,
            stores=stores,
            created_at=platform.created_at,
            version=platform.version,
        )
