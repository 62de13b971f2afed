"""What can go wrong with media files; what is wrong with a file itself is a 400 (D36)."""

from app.kit.errors import BadRequest, Conflict, NotFound, Unavailable


class MediaNotFound(NotFound):
    """No such file in this store."""

    code = "media_not_found"


class MediaNotSent(BadRequest):
    """The form holds no file in its part `file`."""

    code = "media_not_sent"


class MediaTooLarge(BadRequest):
    """The file has more bytes than are taken."""

    code = "media_too_large"


class MediaNameInvalid(BadRequest):
    """The file's name is empty, too long, hidden, or leads elsewhere."""

    code = "media_name_invalid"


class MediaTypeUnsupported(BadRequest):
    """The content is of none of the kinds that are taken."""

    code = "media_type_unsupported"


class MediaTypeMismatch(BadRequest):
    """The name says another kind than the content."""

    code = "media_type_mismatch"


class MediaUnreadable(BadRequest):
    """The file is damaged or cut off."""

    code = "media_unreadable"


class MediaHidesOther(BadRequest):
    """The file is at the same time something else: a page, a program, an archive."""

    code = "media_hides_other"


class MediaTooManyPixels(BadRequest):
    """The picture would need too much memory, however few bytes it has."""

    code = "media_too_many_pixels"


class MediaMovesUnsupported(BadRequest):
    """The picture moves, and is no GIF or has too many frames."""

    code = "media_moves_unsupported"


class MediaStoredMeanwhile(Conflict):
    """The same bytes came twice at the same moment, and the other file is gone again."""

    code = "media_stored_meanwhile"


class MediaInUse(Conflict):
    """Something shows the file, or nobody can say; `params["uses"]` lists what is known."""

    code = "media_in_use"


class MediaStorageUnavailable(Unavailable):
    """Files cannot be written or read now."""

    code = "media_storage_unavailable"
