"""Media files of a shop's store."""

from itertools import count

from sqlalchemy import select

from app.kit.db import unit_of_work
from app.modules.media.models import MediaObject, Variant
from app.modules.media.services.upload_file import UploadDraft, upload_file
from tests.factories.catalog import store_of
from tests.factories.pictures import a_picture
from tests.factories.tenancy import AShop

_numbers = count(1)


def a_media_file(
    shop: AShop, name: str = "picture.png", *, folder: str = "", content: bytes | None = None
) -> int:
    """Upload a file, a small picture unlike all others unless one is given; returns its id."""
    number = next(_numbers)
    colour = (number % 256, number // 256 % 256, 7)
    sent = content or a_picture(colour=colour)
    return upload_file(store_of(shop), UploadDraft(name, folder, sent)).media_id


def original_key(media_id: int) -> str:
    """Return the key of a file's whole picture."""
    rows = select(MediaObject.key).filter_by(media_id=media_id, variant=Variant.ORIGINAL)
    with unit_of_work(read_only=True) as work:
        return work.session.scalars(rows).one()
