"""Features that this module owns (D6)."""

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy.orm import Session

from app.contracts.declaring import FeaturesOf
from app.contracts.features import FeatureDeclaration, UsageRow, Window

MAX_STORAGE_MB = "max_storage_mb"

_own = FeaturesOf("media")

FEATURES = (
    _own.number(MAX_STORAGE_MB, unit="MB"),
    _own.switch("webp_variants", "media"),
    _own.switch("media_library", "media"),
    _own.switch("video_upload", "media"),
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
