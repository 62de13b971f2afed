"""Features that this module owns (D6)."""

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy.orm import Session

from app.contracts.features import FeatureDeclaration, FeatureType, Per, UsageRow, Window
from app.modules.catalog.repositories.usage import count_products
from app.modules.catalog.services.product_draft import (
    BULK_IMPORT,
    MAX_IMAGES_PER_PRODUCT,
    MAX_PRODUCTS,
)

FEATURES = (
    FeatureDeclaration(
        code=MAX_PRODUCTS,
        name_key="catalog.features.max_products",
        usage_name_key="catalog.features.max_products.usage",
        description_key="catalog.features.max_products.description",
        category="limits",
        feature_type=FeatureType.QUANTITATIVE,
    ),
    FeatureDeclaration(
        code=MAX_IMAGES_PER_PRODUCT,
        name_key="catalog.features.max_images_per_product",
        usage_name_key="catalog.features.max_images_per_product.usage",
        description_key="catalog.features.max_images_per_product.description",
        category="limits",
        feature_type=FeatureType.QUANTITATIVE,
        per=Per.ITEM,
    ),
    *(
        FeatureDeclaration(
            code=code,
            name_key=f"catalog.features.{code}",
            description_key=f"catalog.features.{code}.description",
            category="catalog",
            feature_type=FeatureType.BINARY,
        )
        for code in (BULK_IMPORT, "product_variants", "scheduled_publishing")
    ),
)


class CatalogFeatures:
    """Implements `FeatureProviderProtocol`; products are counted as they come and go (D16)."""

    def declare(self) -> Sequence[FeatureDeclaration]:
        """Return the features in the order in which pages show them."""
        return FEATURES

    def get_current_usage(
        self, db: Session, merchant_id: int, platform_id: int, windows: Mapping[str, Window]
    ) -> dict[str, int]:
        """Return nothing: everything here has a counter, or counts for a single product."""
        return {}

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
