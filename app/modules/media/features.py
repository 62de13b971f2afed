"""Features that this module owns (D6)."""

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy.orm import Session

from app.contracts.declaring import DeclaredFeatures, FeaturesOf
from app.contracts.features import UsageRow, Window
from app.modules.media.repositories.files import bytes_by_merchant
from app.modules.media.services.storage_limit import MAX_STORAGE_MB, MEDIA_LIBRARY, megabytes

_own = FeaturesOf("media")

FEATURES = (
    _own.number(MAX_STORAGE_MB, unit="MB"),
    _own.switch("webp_variants", "media"),
    _own.switch(MEDIA_LIBRARY, "media"),
    _own.switch("video_upload", "media"),
)


class MediaFeatures(DeclaredFeatures):
    """Begun megabytes are counted (D38)."""

    def count_true_usage(
        self,
        db: Session,
        platform_id: int,
        merchant_ids: Sequence[int] | None,
        windows: Mapping[int, Window],
    ) -> Iterable[UsageRow]:
        """Add up the bytes of the files, smaller pictures included."""
        for merchant_id, used in bytes_by_merchant(db, platform_id, merchant_ids=merchant_ids):
            yield UsageRow(merchant_id, MAX_STORAGE_MB, megabytes(used))
