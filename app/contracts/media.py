"""Who uses a media file (D38)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from app.contracts.ports import Port

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


@dataclass(frozen=True)
class MediaUsage:
    """One place where a file is used."""

    entity_type: str
    entity_id: int
    entity_name: str
    usage_type: str


class MediaUsageProviderProtocol(Protocol):
    """A module whose things refer to media files."""

    def get_media_usage(self, db: "Session", media_id: int) -> Sequence[MediaUsage]:
        """Return every use of a file by this module."""

    def clear_media_usage(self, db: "Session", media_id: int) -> int:
        """Remove every use within the caller's transaction; returns how many there were."""


media_usage_providers: Port[Sequence[MediaUsageProviderProtocol]] = Port("media_usage_providers")
