"""Features that this module owns (D6)."""

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy.orm import Session

from app.contracts.features import FeatureDeclaration, FeatureType, UsageRow, Window

MAX_STORAGE_MB = "max_storage_mb"

FEATURES = (
    FeatureDeclaration(
        code=MAX_STORAGE_MB,
        name_key="media.features.max_storage_mb",
        usage_name_key="media.features.max_storage_mb.usage",
        description_key="media.features.max_storage_mb.description",
        category="limits",
        feature_type=FeatureType.QUANTITATIVE,
        unit="MB",
    ),
    *(
        FeatureDeclaration(
            code=code,
            name_key=f"media.features.{code}",
            description_key=f"media.features.{code}.description",
            category="media",
            feature_type=FeatureType.BINARY,
        )
        for code in ("webp_variants", "media_library", "video_upload")
    ),
)


class MediaFeatures:
    """Implements `FeatureProviderProtocol`; as long as nothing can be uploaded, nothing is used."""

    def declare(self) -> Sequence[FeatureDeclaration]:
        """Return the features in the order in which pages show them."""
        return FEATURES

    def get_current_usage(
        self, db: Session, merchant_id: int, platform_id: int, windows: Mapping[str, Window]
    ) -> dict[str, int]:
        """Return nothing: storage has a counter."""
        return {}

    def count_true_usage(
        self,
        db: Session,
        platform_id: int,
        merchant_ids: Sequence[int] | None,
        windows: Mapping[int, Window],
    ) -> Iterable[UsageRow]:
        """Return no rows: there are no files."""
        return ()
