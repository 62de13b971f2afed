"""Reading what is stored: of one store, of all, and store by store (D37)."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Label, cast, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from app.contracts.tenants import AdminScope, StoreRef
from app.kit.models import BigInt
from app.kit.pagination import Page, PageRequest, Sorting, paginate_rows
from app.modules.media.models import MediaTotal
from app.modules.media.models.figures import Amount, Share, StorageFigures, StoreStorage


def figures_of_store(session: Session, store: StoreRef) -> StorageFigures:
    """Return what a store has."""
    return _figures(
        session,
        MediaTotal.merchant_id == store.owner.merchant_id,
        MediaTotal.store_id == store.id,
    )


def figures_in_scope(session: Session, scope: AdminScope) -> StorageFigures:
    """Return what all stores of the platforms in scope have."""
    return _figures(session, *_in_scope(scope))


def list_stores(session: Session, scope: AdminScope, request: PageRequest) -> Page[StoreStorage]:
    """Return a page of the stores in scope that have files."""
    stores = (
        select(MediaTotal.merchant_id, MediaTotal.store_id, *_SUMS)
        .where(MediaTotal.files > 0, *_in_scope(scope))
        .group_by(MediaTotal.merchant_id, MediaTotal.store_id)
        .subquery()
    )
    sorting = Sorting(
        {"size": stores.c.byte_size, "files": stores.c.files},
        tie=stores.c.store_id,
        default="-size",
    )
    platforms = None if scope.platform_ids is None else sorted(scope.platform_ids)
    page = paginate_rows(
        session,
        select(*stores.c),
        sorting=sorting,
        request=request,
        filters={"platforms": platforms},
    )
    return page.map(lambda row: StoreStorage(row[0], row[1], Amount(*row[2:])))


def _figures(session: Session, *where: ColumnElement[bool]) -> StorageFigures:
    whole = session.execute(select(*_SUMS).where(*where)).one()
    return StorageFigures(
        Amount(*(figure or 0 for figure in whole)),
        _shares(session, MediaTotal.kind, *where),
        _shares(session, MediaTotal.folder, *where),
    )


def _shares(
    session: Session, by: InstrumentedAttribute[str], *where: ColumnElement[bool]
) -> Sequence[Share]:
    rows = (
        select(by, *_SUMS)
        .where(MediaTotal.files > 0, *where)
        .group_by(by)
        .order_by(_SUMS[2].desc(), by)
    )
    return [Share(name, Amount(*amount)) for name, *amount in session.execute(rows)]


def _in_scope(scope: AdminScope) -> Sequence[ColumnElement[bool]]:
    if scope.platform_ids is None:
        return ()
    return (MediaTotal.platform_id.in_(scope.platform_ids),)


def _sum(column: InstrumentedAttribute[int]) -> Label[int]:
    """A sum as an integer; PostgreSQL would answer with a decimal."""
    return cast(func.sum(column), BigInt).label(column.key)


_SUMS = (_sum(MediaTotal.files), _sum(MediaTotal.objects), _sum(MediaTotal.byte_size))
