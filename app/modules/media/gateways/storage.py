"""The storage of this process, chosen by the settings."""

from functools import cache
from pathlib import Path

from app.modules.media.gateways.local_folder import LocalFolder
from app.modules.media.gateways.objects import MediaStorage
from app.modules.media.settings import media_settings


@cache
def media_storage() -> MediaStorage:
    """Return where this process keeps media files."""
    settings = media_settings()
    if settings.media_s3_bucket is None:
        return LocalFolder(Path(settings.media_root))
    from app.modules.media.gateways.s3_bucket import S3Bucket  # noqa: PLC0415 - slow to import

    return S3Bucket(settings)
