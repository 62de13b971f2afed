"""Adding storage up for snapshots, all platforms at once."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from app.modules.media.models import MediaFile, MediaTotal


def stored_by_platform(session: Session) -> Iterator[tuple[int, int, int]]:
    """Yield platform, files and bytes, from the sums that are kept (D37)."""
    rows = session.execute(
        select(
            MediaTotal.platform_id, func.sum(MediaTotal.files), func.sum(MediaTotal.byte_size)
        ).group_by(MediaTotal.platform_id)
    )
    return ((platform_id, int(files), int(byte_size)) for platform_id, files, byte_size in rows)


def with_uploads(since: datetime) -> Select[int, int]:
    """Return the query of platforms and merchants that uploaded something since then."""
    return select(MediaFile.platform_id, MediaFile.merchant_id).where(MediaFile.created_at >= since)
