"""Settings of media."""

from functools import cache

from pydantic import Field, SecretStr, ValidationInfo, field_validator

from app.kit.settings import SettingsGroup, load_settings

MEGABYTE = 1_000_000


class MediaSettings(SettingsGroup):
    """Where media files lie, and how large they may be (D36)."""

    media_root: str = Field(
        "var/media", description="Folder of the media files, unless they lie in a bucket."
    )
    media_max_mb: int = Field(
        10, ge=1, le=100, description="Megabytes that an uploaded file may have."
    )
    media_s3_bucket: str | None = Field(
        None, description="Bucket of the media files, at any service that speaks S3."
    )
    media_s3_endpoint: str | None = Field(
        None, description="Address of that service; without one it is Amazon's."
    )
    media_s3_region: str | None = Field(None, description="Region of the bucket.")
    media_s3_access_key: str | None = Field(
        None, description="Access key; without one, whatever the machine itself is given."
    )
    media_s3_secret_key: SecretStr | None = Field(None, description="Secret of the access key.")

    @field_validator("*", mode="before")
    @classmethod
    def _empty_is_none(cls, value: object, info: ValidationInfo) -> object:
        return value or None if str(info.field_name).startswith("media_s3_") else value

    @property
    def max_bytes(self) -> int:
        """How many bytes an uploaded file may have."""
        return self.media_max_mb * MEGABYTE


@cache
def media_settings() -> MediaSettings:
    """Return the settings of this process."""
    return load_settings(MediaSettings)
