"""Writing the figures of storage, in the transactions that write the files (D37)."""

from sqlalchemy import update
from sqlalchemy.orm import Session

from app.contracts.tenants import Owner, StoreRef
from app.kit.upsert import insert_or_ignore
from app.modules.media.models import MediaSpace, MediaTotal
from app.modules.media.models.figures import NOTHING, Amount


def add_to_total(
    session: Session, store: StoreRef, amount: Amount, *, folder: str, kind: str
) -> None:
    """Count files of one folder and kind; the row stays locked until the end of the unit."""
    place = {
        "merchant_id": store.owner.merchant_id,
        "store_id": store.id,
        "folder": folder,
        "kind": kind,
    }
    row = {**place, "platform_id": store.owner.platform_id, **NOTHING._asdict()}
    insert_or_ignore(session, MediaTotal, [row])
    session.execute(
        update(MediaTotal)
        .filter_by(**place)
        .values(
            files=MediaTotal.files + amount.files,
            objects=MediaTotal.objects + amount.objects,
            byte_size=MediaTotal.byte_size + amount.byte_size,
        )
    )


def add_to_space(session: Session, owner: Owner, byte_size: int) -> int:
    """Count bytes of a merchant and return all of them; the row stays locked until the end."""
    insert_or_ignore(session, MediaSpace, [{**owner._asdict(), "byte_size": 0}])
    added = (
        update(MediaSpace)
        .filter_by(**owner._asdict())
        .values(byte_size=MediaSpace.byte_size + byte_size)
        .returning(MediaSpace.byte_size)
    )
    return session.execute(added).scalar_one()
