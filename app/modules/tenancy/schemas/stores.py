"""Shapes of stores."""

from datetime import datetime
from typing import Any

from pydantic import BaseModel, Field

from app.modules.tenancy.models import Merchant, Platform, Store, User
from app.modules.tenancy.schemas.operators import Input, MerchantName, PersonName, PlatformName


class OwnStoreIn(Input):
    """A new store of the owner's merchant; the subdomain is the code unless given."""

    platform_id: int
    code: str = Field(max_length=40)
    name: str = Field(max_length=120)
    subdomain: str | None = Field(default=None, max_length=40)


class StoreIn(OwnStoreIn):
    """A new store of any merchant in scope."""

    merchant_id: int


class StorePatch(Input):
    """What may change of a store."""

    name: str = Field(default="", max_length=120)
    subdomain: str = Field(default="", max_length=40)
    is_active: bool = True


class StoreOut(BaseModel):
    """A store with its merchant and platform."""

    id: int
    code: str
    subdomain: str
    name: str
    status: str
    is_active: bool
    merchant: MerchantName
    platform: PlatformName
    created_at: datetime
    deleted_at: datetime | None
    version: int

    @classmethod
    def of(
        cls, store: Store, *, merchant: Merchant, platform: Platform, status: str, **more: Any
    ) -> "StoreOut":
        """Return the answer for a store."""
        return cls(
            id=store.id,
            code=store.code,
            subdomain=store.subdomain,
            name=store.name,
            status=status,
            is_active=store.is_active,
            merchant=MerchantName.of(merchant),
            platform=PlatformName.of(platform),
            created_at=store.created_at,
            deleted_at=store.deleted_at,
            version=store.version,
            **more,
        )


class TeamMemberOut(BaseModel):
    """Somebody of a store's team."""

    user: PersonName
    role: str
    status: str

    @classmethod
    def of(cls, user: User, *, role: str, status: str) -> "TeamMemberOut":
        """Return the answer for a member."""
        return cls(user=PersonName.of(user), role=role, status=status)


class StoreDetailOut(StoreOut):
    """A store with its owner and team."""

    owner: PersonName
    team: list[TeamMemberOut]
