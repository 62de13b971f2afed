"""Features that this module owns (D6)."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from app.contracts.declaring import DeclaredFeatures, FeaturesOf
from app.contracts.features import Per, UsageRow, Window
from app.contracts.tenants import Owner
from app.modules.catalog.repositories.usage import count_products, products_by_day
from app.modules.catalog.services.product_draft import (
    BULK_IMPORT,
    MAX_IMAGES_PER_PRODUCT,
    MAX_PRODUCTS,
)

_own = FeaturesOf("catalog")

FEATURES = (
    _own.number(MAX_PRODUCTS),
    _own.number(MAX_IMAGES_PER_PRODUCT, per=Per.ITEM),
    _own.switch(BULK_IMPORT, "catalog"),
    _own.switch("product_variants", "catalog"),
    _own.switch("scheduled_publishing", "catalog"),
)


class CatalogFeatures(DeclaredFeatures):
    """Products are counted as they come and go (D16)."""

    def count_true_usage(
        self,
        db: Session,
        platform_id: int,
        merchant_ids: Sequence[int] | None,
        windows: Mapping[int, Window],
    ) -> Iterable[UsageRow]:
        """Count products that are not deleted, on sale or not (D14)."""
        for merchant_id, used in count_products(db, platform_id, merchant_ids=merchant_ids):
            yield UsageRow(merchant_id, MAX_PRODUCTS, used)

    def usage_history(
        self, db: Session, merchant_id: int, platform_id: int, starts: Sequence[datetime]
    ) -> Mapping[str, Sequence[int]]:
        """Return products created less those deleted."""
        return {MAX_PRODUCTS: products_by_day(db, Owner(merchant_id, platform_id), starts)}
