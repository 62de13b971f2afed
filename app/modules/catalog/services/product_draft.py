"""What a product is to be, and the rules that hold for every one of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.contracts.tenants import StoreRef
from app.kit.db import UnitOfWork
from app.kit.errors import InvalidInput
from app.modules.media.public import known_pictures

MAX_NAME = 200
MAX_SKU = 64
MAX_DESCRIPTION = 5_000
MAX_PRICE_CENTS = 10**11
MAX_PRODUCTS = "max_products"
MAX_IMAGES_PER_PRODUCT = "max_images_per_product"
BULK_IMPORT = "bulk_import"


@dataclass(frozen=True, slots=True)
class ProductDraft:
    """A product to be; without a currency it takes the platform's."""

    name: str
    sku: str
    price_cents: int
    description: str = ""
    currency: str | None = None
    is_active: bool = True
    image_media_ids: tuple[int, ...] = ()


def columns_of(store: StoreRef, draft: ProductDraft, *, at: datetime) -> dict[str, Any]:
    """Return the values of a new row, made at an instant. Raises InvalidInput."""
    refuse_other_currency(store, draft.currency)
    return {
        "merchant_id": store.owner.merchant_id,
        "platform_id": store.owner.platform_id,
        "store_id": store.id,
        "name": draft.name,
        "sku": draft.sku,
        "description": draft.description,
        "price_cents": draft.price_cents,
        "currency": store.currency,
        "is_active": draft.is_active,
        "image_media_ids": list(draft.image_media_ids),
        "version": 1,
        "created_at": at,
        "updated_at": at,
        "deleted_at": None,
        "deleted_with_store": False,
    }


def refuse_other_currency(store: StoreRef, currency: str | None) -> None:
    """Refuse money that is not the platform's: one currency each (D0). Raises InvalidInput."""
    if currency is not None and currency != store.currency:
        raise InvalidInput.at("/currency", "other_currency", currency=store.currency)


def refuse_wrong_images(work: UnitOfWork, store: StoreRef, image_media_ids: Sequence[int]) -> None:
    """Refuse to show a picture twice, or one that the store does not have. Raises InvalidInput."""
    if len(set(image_media_ids)) < len(image_media_ids):
        raise InvalidInput.at("/image_media_ids", "repeated")
    if image_media_ids and known_pictures(work, store, image_media_ids) != set(image_media_ids):
        raise InvalidInput.at("/image_media_ids", "image_unknown")
