"""Counting files anew from their rows, to check the figures or to write them again."""

from collections.abc import Mapping

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from app.contracts.tenants import Owner, StoreRef
from app.kit.upsert import insert_or_ignore
from app.modules.media.models import MediaFile, MediaObject, MediaSpace, MediaTotal
from app.modules.media.models.figures import NOTHING, Amount

Place = tuple[str, str]


def counted_totals(session: Session, store: StoreRef) -> dict[Place, Amount]:
    """Count a store's files by folder and kind."""
    objects = (
        select(func.count())
        .where(MediaObject.media_id == MediaFile.id)
        .correlate(MediaFile)
        .scalar_subquery()
    )
    each = (
        select(MediaFile.folder, MediaFile.kind, objects.label("objects"), MediaFile.byte_size)
        .where(
            MediaFile.merchant_id == store.owner.merchant_id,
            MediaFile.store_id == store.id,
            MediaFile.deleted_at.is_(None),
        )
        .subquery()
    )
    counted = select(
        each.c.folder,
        each.c.kind,
        func.count(),
        func.sum(each.c.objects),
        func.sum(each.c.byte_size),
    ).group_by(each.c.folder, each.c.kind)
    return {
        (folder, kind): Amount(*map(int, amount))
        for folder, kind, *amount in session.execute(counted)
    }


def written_totals(session: Session, store: StoreRef) -> dict[Place, Amount]:
    """Return the figures as they were written; places that became empty are left out."""
    rows = session.scalars(select(MediaTotal).filter_by(**_store(store)))
    found = {(one.folder, one.kind): Amount(one.files, one.objects, one.byte_size) for one in rows}
    return {place: amount for place, amount in found.items() if amount != NOTHING}


def write_totals(session: Session, store: StoreRef, totals: Mapping[Place, Amount]) -> None:
    """Replace a store's figures."""
    session.execute(update(MediaTotal).filter_by(**_store(store)).values(**NOTHING._asdict()))
    for (folder, kind), amount in sorted(totals.items()):
        place = {**_store(store), "folder": folder, "kind": kind}
        row = {**place, "platform_id": store.owner.platform_id, **NOTHING._asdict()}
        insert_or_ignore(session, MediaTotal, [row])
        session.execute(update(MediaTotal).filter_by(**place).values(**amount._asdict()))


def _store(store: StoreRef) -> dict[str, int]:
    return {"merchant_id": store.owner.merchant_id, "store_id": store.id}


def whole(totals: Mapping[Place, Amount]) -> Amount:
    """Return what figures come to together."""
    return Amount(*(sum(figures) for figures in zip(NOTHING, *totals.values(), strict=True)))


def counted_space(session: Session, owner: Owner) -> int:
    """Count the bytes of a merchant's files."""
    rows = select(func.coalesce(func.sum(MediaFile.byte_size), 0)).where(
        MediaFile.merchant_id == owner.merchant_id,
        MediaFile.platform_id == owner.platform_id,
        MediaFile.deleted_at.is_(None),
    )
    return int(session.scalars(rows).one())


def written_space(session: Session, owner: Owner) -> int:
    """Return the bytes of a merchant as they were written."""
    rows = select(MediaSpace.byte_size).filter_by(**owner._asdict())
    return session.scalars(rows).first() or 0


def write_space(session: Session, owner: Owner, byte_size: int) -> None:
    """Replace the bytes of a merchant."""
    insert_or_ignore(session, MediaSpace, [{**owner._asdict(), "byte_size": 0}])
    session.execute(update(MediaSpace).filter_by(**owner._asdict()).values(byte_size=byte_size))
