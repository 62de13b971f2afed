"""Who uses a file, as a value."""

from dataclasses import dataclass

from app.contracts.media import MediaUsage


@dataclass(frozen=True)
class FileUses:
    """Every known use; not `is_complete` where a module could not say."""

    uses: tuple[MediaUsage, ...]
    is_complete: bool
