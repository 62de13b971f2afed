"""Figures that this module offers (D33)."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Select
from sqlalchemy.orm import Session

from app.contracts.metrics import MetricsProviderProtocol, PlatformFigure, PlatformMetric
from app.modules.media.repositories import platform_figures


class MediaMetrics(MetricsProviderProtocol):
    """Storage."""

    def platform_metrics(self, db: Session, since: datetime) -> Iterable[PlatformMetric]:
        """Return files and bytes stored now, variants included."""
        whole_files = whole_bytes = 0
        for platform_id, files, byte_size in platform_figures.stored_by_platform(db):
            yield PlatformMetric(platform_id, PlatformFigure.STORAGE_FILES, files)
            yield PlatformMetric(platform_id, PlatformFigure.STORAGE_BYTES, byte_size)
            whole_files, whole_bytes = whole_files + files, whole_bytes + byte_size
        yield PlatformMetric(None, PlatformFigure.STORAGE_FILES, whole_files)
        yield PlatformMetric(None, PlatformFigure.STORAGE_BYTES, whole_bytes)

    def active_merchants(self, since: datetime) -> Iterable[Select[int, int]]:
        """Return merchants who uploaded something."""
        return (platform_figures.with_uploads(since),)
