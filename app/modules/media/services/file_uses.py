"""Who uses a file: every module that refers to files is asked (D38)."""

import structlog
from sqlalchemy.orm import Session

from app.contracts.media import MediaUsage, media_usage_providers
from app.modules.media.models.file_uses import FileUses

_log = structlog.get_logger(__name__)


def find_uses(session: Session, media_id: int) -> FileUses:
    """Ask every module, one that fails without harm to the others."""
    uses: list[MediaUsage] = []
    is_complete = True
    for provider in media_usage_providers():
        try:
            with session.begin_nested():
                uses += provider.get_media_usage(session, media_id)
        except Exception:  # noqa: BLE001 - whatever a provider raises, its uses are unknown
            _log.exception("media_usage_unknown", provider=type(provider).__name__)
            is_complete = False
    return FileUses(tuple(uses), is_complete)


def clear_uses(session: Session, media_id: int) -> int:
    """Let every module forget a file; returns how many references are gone."""
    cleared = 0
    for provider in media_usage_providers():
        try:
            with session.begin_nested():
                cleared += provider.clear_media_usage(session, media_id)
        except Exception:  # noqa: BLE001 - the deletion was forced: a failing module cannot veto it
            _log.exception("media_usage_not_cleared", provider=type(provider).__name__)
    return cleared
