"""The storage of this process, chosen by the settings."""

from functools import cache
from pathlib import Path

from app.modules.media.gateways.local_folder import LocalFolder
from app.modules.media.gateways.objects import MediaStorage
from app.modules.media.settings import media_settings


@cache
def media_storage() -> MediaStorage:
    """Return where this process keeps media files."""
    return LocalFolder(Path(media_settings().media_root))
