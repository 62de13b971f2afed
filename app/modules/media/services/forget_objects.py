"""Removing objects that no row knows any more."""

from collections.abc import Iterable

import structlog

from app.modules.media.exceptions import MediaStorageUnavailable
from app.modules.media.gateways.storage import media_storage

_log = structlog.get_logger(__name__)


def forget_objects(keys: Iterable[str]) -> None:
    """Remove objects; what storage cannot remove now is an orphan and swept later (D38)."""
    try:
        media_storage().delete(keys)
    except MediaStorageUnavailable:
        _log.warning("media_objects_left_behind", exc_info=True)
