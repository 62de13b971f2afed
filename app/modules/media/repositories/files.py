"""Reading a store's files."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from app.contracts.tenants import Owner, StoreRef
from app.kit.day_sums import net_by_day
from app.kit.pagination import Page, PageRequest, Sorting, paginate
from app.modules.media.exceptions import MediaNotFound
from app.modules.media.models import MediaFile, MediaKind, MediaObject

SORTING = Sorting(
    {
        "name": MediaFile.name,
        "size": MediaFile.byte_size,
        "created_at": MediaFile.created_at,
    },
    tie=MediaFile.id,
    default="-created_at",
)


@dataclass(frozen=True)
class MediaFilters:
    """What a list is narrowed to; `folder` "" is what lies in none, `search` begins a name."""

    search: str | None = None
    folder: str | None = None
    kind: MediaKind | None = None


def list_files(
    session: Session, store: StoreRef, *, filters: MediaFilters, request: PageRequest
) -> Page[MediaFile]:
    """Return a page of a store's files."""
    rows = _of(store)
    if filters.search and filters.search.strip():
        rows = rows.where(MediaFile.name.istartswith(filters.search.strip(), autoescape=True))
    if filters.folder is not None:
        rows = rows.where(MediaFile.folder == filters.folder)
    if filters.kind is not None:
        rows = rows.where(MediaFile.kind == filters.kind)
    given = {"store": store.id, "filters": repr(filters)}
    return paginate(session, rows, sorting=SORTING, request=request, filters=given)


def get_file(
    session: Session, store: StoreRef, media_id: int, *, to_delete: bool = False
) -> MediaFile:
    """Return one file of a store; `to_delete` waits for whoever begins to use it just now.

    Raises MediaNotFound.
    """
    rows = _of(store).where(MediaFile.id == media_id)
    found = session.scalars(rows.with_for_update() if to_delete else rows).first()
    if found is None:
        raise MediaNotFound
    return found


def find_same(session: Session, store: StoreRef, content_hash: str) -> MediaFile | None:
    """Return the store's file of the same bytes, if there is one (D37)."""
    return session.scalars(_of(store).where(MediaFile.content_hash == content_hash)).first()


def objects_of(session: Session, media_ids: Iterable[int]) -> dict[int, list[MediaObject]]:
    """Return the objects of files by the file's id, by one query."""
    found: dict[int, list[MediaObject]] = {media_id: [] for media_id in media_ids}
    rows = select(MediaObject).where(MediaObject.media_id.in_(found)).order_by(MediaObject.id)
    for one in session.scalars(rows) if found else ():
        found[one.media_id].append(one)
    return found


def files_by_id(
    session: Session, store: StoreRef, media_ids: Sequence[int]
) -> dict[int, MediaFile]:
    """Return those of some files that the store has."""
    rows = _of(store).where(MediaFile.id.in_(media_ids))
    return {one.id: one for one in session.scalars(rows)} if media_ids else {}


def ids_by_name(session: Session, store: StoreRef) -> dict[str, int]:
    """Return the ids of a store's files by name, the newest of each name."""
    rows = _of(store).with_only_columns(MediaFile.name, MediaFile.id).order_by(MediaFile.id)
    return {row.name: row.id for row in session.execute(rows)}


def hold_pictures(session: Session, store: StoreRef, media_ids: Sequence[int]) -> set[int]:
    """Return those of some files that are pictures of the store; nobody deletes them until the
    end of the unit of work."""
    rows = _of(store).where(MediaFile.id.in_(media_ids), MediaFile.kind != MediaKind.DOCUMENT)
    held = rows.with_only_columns(MediaFile.id).with_for_update(read=True, key_share=True)
    return set(session.scalars(held)) if media_ids else set()


def bytes_by_merchant(
    session: Session, platform_id: int, *, merchant_ids: Sequence[int] | None
) -> Iterable[tuple[int, int]]:
    """Yield merchants of a platform with the bytes of their files; None is all of them."""
    rows = (
        select(MediaFile.merchant_id, func.sum(MediaFile.byte_size))
        .where(MediaFile.platform_id == platform_id, MediaFile.deleted_at.is_(None))
        .group_by(MediaFile.merchant_id)
    )
    if merchant_ids is not None:
        rows = rows.where(MediaFile.merchant_id.in_(merchant_ids))
    return ((merchant_id, int(used)) for merchant_id, used in session.execute(rows))


def bytes_by_day(session: Session, owner: Owner, starts: Sequence[datetime]) -> list[int]:
    """Return how many more bytes a merchant had at the end of each span than at its start."""
    own = (MediaFile.merchant_id == owner.merchant_id, MediaFile.platform_id == owner.platform_id)
    return net_by_day(
        session,
        own,
        starts,
        came=MediaFile.created_at,
        went=MediaFile.deleted_at,
        amount=MediaFile.byte_size,
    )


def _of(store: StoreRef) -> Select[MediaFile]:
    return select(MediaFile).where(
        MediaFile.merchant_id == store.owner.merchant_id,
        MediaFile.store_id == store.id,
        MediaFile.deleted_at.is_(None),
    )
