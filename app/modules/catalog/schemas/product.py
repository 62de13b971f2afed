"""Shapes of products."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, StrictInt

from app.kit.http.fields import MAX_ID, Line, Prose
from app.modules.catalog.models import Product
from app.modules.media.public import ShownFile

Name = Annotated[Line, Field(min_length=1, max_length=200)]
Sku = Annotated[Line, Field(min_length=1, max_length=64)]
Description = Annotated[Prose, Field(max_length=5_000)]
Cents = Annotated[StrictInt, Field(ge=0, le=10**11, description="Minor units of the currency")]
Currency = Annotated[
    str, Field(pattern="^[A-Z]{3}$", description="The platform's; another one is refused")
]
ImageIds = Annotated[
    list[Annotated[StrictInt, Field(ge=1, le=MAX_ID)]],
    Field(max_length=100, description="Media ids in the order in which they are shown"),
]


class ProductIn(BaseModel):
    """A product to add."""

    model_config = ConfigDict(extra="forbid")

    name: Name
    sku: Sku
    description: Description = ""
    price_cents: Cents
    currency: Currency | None = None
    is_active: bool = True
    image_media_ids: ImageIds = []


class ProductPatch(BaseModel):
    """What to change; what is left out stays."""

    model_config = ConfigDict(extra="forbid")

    name: Name = ""
    sku: Sku = ""
    description: Description = ""
    price_cents: Cents = 0
    currency: Currency = ""
    is_active: bool = True
    image_media_ids: ImageIds = []


class PictureOut(BaseModel):
    """A picture of a product; `srcset` lists its sizes, and is empty where there is one alone."""

    media_id: int
    url: str
    thumbnail_url: str | None
    srcset: str
    width: int | None
    height: int | None


class ProductOut(BaseModel):
    """A product; `deleted_at` is set while it can be restored."""

    id: int
    name: str
    sku: str
    description: str
    price_cents: int
    currency: str
    is_active: bool
    image_media_ids: list[int]
    images: list[PictureOut]
    version: int
    created_at: datetime
    updated_at: datetime
    deleted_at: datetime | None

    @classmethod
    def of(cls, product: Product, pictures: Mapping[int, ShownFile]) -> Self:
        """Describe a product with its pictures, of which more may be given."""
        columns = {name: getattr(product, name) for name in cls.model_fields if name != "images"}
        found = [pictures[one] for one in product.image_media_ids if one in pictures]
        images = [PictureOut.model_validate(one, from_attributes=True) for one in found]
        return cls(**columns, images=images)


class ImportOut(BaseModel):
    """How many products a file added."""

    imported: int
