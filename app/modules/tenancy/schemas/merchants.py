"""Shapes of merchants."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from pydantic import BaseModel, Field

from app.modules.tenancy.models import Merchant, User
from app.modules.tenancy.schemas.operators import Input, PersonName


class OwnerIn(Input):
    """Who is to own a merchant; name and language count for a new account."""

    email: str = Field(max_length=254)
    display_name: str = Field(default="", max_length=120)
    locale: str | None = None


class FirstStoreIn(Input):
    """The store that a new merchant begins with."""

    platform_id: int
    code: str = Field(max_length=40)
    name: str = Field(max_length=120)
    subdomain: str | None = Field(default=None, max_length=40)


class MerchantFields(Input):
    """Particulars of a merchant; the contact address is the owner's unless given."""

    name: str = Field(default="", max_length=120)
    contact_email: str = Field(default="", max_length=254)
    contact_phone: str | None = Field(default=None, max_length=40)
    address_line: str | None = Field(default=None, max_length=200)
    postal_code: str | None = Field(default=None, max_length=20)
    city: str | None = Field(default=None, max_length=120)
    country: str = Field(default="LU", max_length=2)
    vat_number: str | None = Field(default=None, max_length=20)
    is_verified: bool = False


class MerchantIn(MerchantFields):
    """A new merchant."""

    name: str = Field(max_length=120)
    owner: OwnerIn
    store: FirstStoreIn | None = None

    def details(self) -> dict[str, Any]:
        """Return the given particulars beside the name; an empty contact address is none."""
        given = self.model_dump(exclude_unset=True, exclude={"owner", "store", "name"})
        return {name: value for name, value in given.items() if (name, value) != _NO_ADDRESS}


class MerchantPatch(MerchantFields):
    """What may change of a merchant."""

    is_active: bool = True


class PresenceOut(BaseModel):
    """How many stores a merchant has on a platform."""

    id: int
    code: str
    name: str
    stores: int


class MerchantOut(BaseModel):
    """A merchant with owner and platforms."""

    id: int
    name: str
    owner: PersonName
    contact_email: str
    contact_phone: str | None
    address_line: str | None
    postal_code: str | None
    city: str | None
    country: str
    vat_number: str | None
    is_active: bool
    is_verified: bool
    stores: int
    platforms: list[PresenceOut]
    created_at: datetime
    version: int

    @classmethod
    def of(
        cls, merchant: Merchant, *, owner: User, platforms: Sequence[PresenceOut]
    ) -> "MerchantOut":
        """Return the answer for a merchant."""
        return cls(
            id=merchant.id,
            name=merchant.name,
            owner=PersonName.of(owner),
            contact_email=merchant.contact_email,
            contact_phone=merchant.contact_phone,
            address_line=merchant.address_line,
            postal_code=merchant.postal_code,
            city=merchant.city,
            country=merchant.country,
            vat_number=merchant.vat_number,
            is_active=merchant.is_active,
            is_verified=merchant.is_verified,
            stores=sum(one.stores for one in platforms),
            platforms=list(platforms),
            created_at=merchant.created_at,
            version=merchant.version,
        )


_NO_ADDRESS = ("contact_email", "")
