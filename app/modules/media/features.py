"""Features that this module owns (D6)."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from itertools import accumulate, pairwise

from sqlalchemy.orm import Session

from app.contracts.declaring import DeclaredFeatures, FeaturesOf
from app.contracts.features import UsageRow, Window
from app.contracts.tenants import Owner
from app.modules.media.repositories.files import bytes_by_day, bytes_by_merchant
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

    def usage_history(
        self, db: Session, merchant_id: int, platform_id: int, starts: Sequence[datetime]
    ) -> Mapping[str, Sequence[int]]:
        """Return begun megabytes of files that are still there; deleted ones leave no rows."""
        bytes_a_day = bytes_by_day(db, Owner(merchant_id, platform_id), starts)
        stored = [megabytes(one) for one in accumulate(bytes_a_day, initial=0)]
        return {MAX_STORAGE_MB: [after - before for before, after in pairwise(stored)]}
