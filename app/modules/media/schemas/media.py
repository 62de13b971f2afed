"""Shapes of media files."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, StrictInt

from app.contracts.media import MediaUsage
from app.kit.http.fields import MAX_ID, Line
from app.modules.media.models import MediaFile, MediaKind, MediaObject
from app.modules.media.models.file_uses import FileUses
from app.modules.media.models.shown import shown

MAX_FOLDER = 60
Folder = Annotated[Line, Field(max_length=MAX_FOLDER, description='"" is no folder')]


class MediaOut(BaseModel):
    """A file; `srcset` lists its sizes, and is empty where there is one alone."""

    id: int
    name: str
    folder: str
    kind: MediaKind
    byte_size: int
    width: int | None
    height: int | None
    url: str
    thumbnail_url: str | None
    srcset: str
    created_at: datetime

    @classmethod
    def of(cls, file: MediaFile, objects: Sequence[MediaObject]) -> Self:
        """Describe a file with its objects."""
        picture = shown(file, objects)
        return cls(
            id=file.id,
            name=file.name,
            folder=file.folder,
            kind=MediaKind(file.kind),
            byte_size=file.byte_size,
            width=picture.width,
            height=picture.height,
            url=picture.url,
            thumbnail_url=picture.thumbnail_url,
            srcset=picture.srcset,
            created_at=file.created_at,
        )


class MediaPatch(BaseModel):
    """What to change; what is left out stays."""

    model_config = ConfigDict(extra="forbid")

    name: Annotated[Line, Field(min_length=1, max_length=200)] | None = None
    folder: Folder | None = None


class LogoIn(BaseModel):
    """Which picture is the store's logo; null is none."""

    model_config = ConfigDict(extra="forbid")

    media_id: Annotated[StrictInt, Field(ge=1, le=MAX_ID)] | None


class MediaUsageOut(BaseModel):
    """One place where a file is used."""

    entity_type: str
    entity_id: int
    entity_name: str
    usage_type: str

    @classmethod
    def of(cls, usage: MediaUsage) -> Self:
        """Describe a use."""
        return cls.model_validate(usage, from_attributes=True)


class MediaUsesOut(BaseModel):
    """Every known use; `is_complete` is false where a module could not say."""

    uses: list[MediaUsageOut]
    is_complete: bool

    @classmethod
    def of(cls, found: FileUses) -> Self:
        """Describe the uses of a file."""
        return cls(
            uses=[MediaUsageOut.of(one) for one in found.uses], is_complete=found.is_complete
        )
