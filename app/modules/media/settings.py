"""Settings of media."""

from functools import cache

from pydantic import Field

from app.kit.settings import SettingsGroup, load_settings

MEGABYTE = 1_000_000


class MediaSettings(SettingsGroup):
    """Where media files lie, and how large they may be (D36)."""

    media_root: str = Field("var/media", description="Folder of the media files.")
    media_max_mb: int = Field(
        10, ge=1, le=100, description="Megabytes that an uploaded file may have."
    )

    @property
    def max_bytes(self) -> int:
        """How many bytes an uploaded file may have."""
        return self.media_max_mb * MEGABYTE


@cache
def media_settings() -> MediaSettings:
    """Return the settings of this process."""
    return load_settings(MediaSettings)
