"""Tables of this module."""

from app.modules.media.models.media_file import MediaFile, MediaKind, MediaObject, Variant
from app.modules.media.models.totals import MediaSpace, MediaTotal

__all__ = ["MediaFile", "MediaKind", "MediaObject", "MediaSpace", "MediaTotal", "Variant"]
