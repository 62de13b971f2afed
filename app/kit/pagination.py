"""Keyset pages: any page of a list costs what its first page costs, on SQLite and PostgreSQL.

A page continues after the values of its last row (sort column, then the tie-breaking id) instead
of counting rows to skip. Rows without a value for the sort column come last in both directions,
as a segment of their own, so that no database's idea of where NULL belongs matters.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar, TypeVarTuple

from sqlalchemy import ColumnElement, Row, Select, func, literal, select, tuple_
from sqlalchemy.orm import InstrumentedAttribute, Session

from app.kit.cursors import Position, read_cursor, write_cursor
from app.kit.errors import BadRequest, InvalidInput

Item = TypeVar("Item")
Other = TypeVar("Other")
Columns = TypeVarTuple("Columns")
AnySelect = Select[*tuple[Any, ...]]
SortColumn = InstrumentedAttribute[Any] | ColumnElement[Any]

DEFAULT_LIMIT = 50
MAX_LIMIT = 200
COUNT_UP_TO = 10_000


class InvalidSort(BadRequest):
    """The list cannot be sorted that way; `params["allowed"]` says how it can."""

    code = "invalid_sort"


@dataclass(frozen=True, slots=True)
class PageRequest:
    """What a caller asks for: `sort` is a name of the list's sorts, `-name` for descending.

    Raises InvalidInput for a limit outside 1..200.
    """

    limit: int = DEFAULT_LIMIT
    cursor: str | None = None
    sort: str | None = None

    def __post_init__(self) -> None:
        if not 1 <= self.limit <= MAX_LIMIT:
            raise InvalidInput.at("/limit", "out_of_range", minimum=1, maximum=MAX_LIMIT)


@dataclass(frozen=True, slots=True)
class Page(Generic[Item]):
    """One page. `total` counts the whole list up to 10,000; beyond, it is an estimate."""

    items: Sequence[Item]
    next_cursor: str | None
    total: int
    total_is_estimate: bool

    def map(self, change: Callable[[Item], Other]) -> "Page[Other]":
        """Return the same page with every item changed."""
        items = [change(item) for item in self.items]
        return Page(items, self.next_cursor, self.total, self.total_is_estimate)


@dataclass(frozen=True, slots=True)
class Sorting:
    """The few ways in which a list can be sorted, and the unique column that breaks ties.

    Plain columns tell themselves whether they can be NULL; expressions count as nullable. A column
    that is NOT NULL but comes by an outer join must be named in `nullable`.
    """

    columns: Mapping[str, SortColumn]
    tie: SortColumn
    default: str
    nullable: Iterable[str] = ()

    def order(self, sort: str | None) -> "Order":
        """Return the order that `sort` asks for. Raises InvalidSort."""
        sort = sort or self.default
        name = sort.removeprefix("-")
        if name not in self.columns:
            allowed = [way for key in self.columns for way in (key, f"-{key}")]
            raise InvalidSort(sort=sort, allowed=", ".join(allowed))
        column = self.columns[name]
        may_be_null = name in self.nullable or getattr(column, "nullable", True)
        return Order(sort, column, self.tie, sort.startswith("-"), may_be_null)


@dataclass(frozen=True, slots=True)
class Order:
    """One chosen order; the id follows the column's direction so that one index serves both."""

    name: str
    column: SortColumn
    tie: SortColumn
    descending: bool
    nullable: bool

    def sorted(self, rows: Select[*Columns], *keys: SortColumn) -> Select[*Columns]:
        """Sort rows by `keys` in this order's direction."""
        return rows.order_by(*(key.desc() if self.descending else key.asc() for key in keys))

    def after(self, position: Position, *keys: SortColumn) -> ColumnElement[bool]:
        """Tell which rows come after a position, by the last `len(keys)` of its values."""
        values = position[-len(keys) :]
        here = tuple_(*keys)
        there = tuple_(*(literal(v, key.type) for key, v in zip(keys, values, strict=True)))
        return here < there if self.descending else here > there


def paginate(
    session: Session,
    rows: Select[Item],
    *,
    sorting: Sorting,
    request: PageRequest,
    filters: Mapping[str, Any],
) -> Page[Item]:
    """Read one page of a select of one entity or column, two queries in all.

    `filters` are the caller's filter values: a cursor belongs to them and to its sort. A nullable
    sort takes one more query on the page where its values end. Raises InvalidSort, and
    InvalidCursor for a cursor of another list, sort or filter.
    """
    page = paginate_rows(session, rows, sorting=sorting, request=request, filters=filters)
    return page.map(lambda row: row[0])


def paginate_rows(
    session: Session,
    rows: Select[*Columns],
    *,
    sorting: Sorting,
    request: PageRequest,
    filters: Mapping[str, Any],
) -> Page[Row[*Columns]]:
    """Read one page of a select of several entities or columns; else as `paginate`."""
    order = sorting.order(request.sort)
    belongs_to = [str(order.tie), order.name, sorted(filters.items())]
    position = read_cursor(request.cursor, belongs_to) if request.cursor else None
    found = _fetch(session, rows, order, position, request.limit + 1)
    shown = found[: request.limit]
    more = len(found) > request.limit
    total = _count(session, rows, order)
    return Page(
        items=[row[:-2] for row in shown],
        next_cursor=write_cursor(shown[-1][-2:], belongs_to) if more else None,
        total=min(total, COUNT_UP_TO),
        total_is_estimate=total > COUNT_UP_TO,
    )


def _fetch(
    session: Session, rows: AnySelect, order: Order, position: Position | None, count: int
) -> list[Any]:
    """The next rows after `position`, each with its sort value and id at its end."""
    found: list[Any] = []
    for segment in _segments(rows.add_columns(order.column, order.tie), order, position):
        if len(found) < count:
            found += session.execute(segment.limit(count - len(found))).all()
    return found


def _segments(rows: AnySelect, order: Order, position: Position | None) -> list[AnySelect]:
    """What follows `position`: the rows with a sort value, then those without."""
    valued = order.sorted(rows, order.column, order.tie)
    empty = order.sorted(rows.where(order.column.is_(None)), order.tie)
    if position is not None:
        if position[0] is None:
            return [empty.where(order.after(position, order.tie))]
        valued = valued.where(order.after(position, order.column, order.tie))
    return [valued.where(order.column.is_not(None)), empty] if order.nullable else [valued]


def _count(session: Session, rows: AnySelect, order: Order) -> int:
    """How many rows there are, looking at no more than one beyond the bound."""
    ids = rows.order_by(None).with_only_columns(order.tie, maintain_column_froms=True)
    bounded = ids.limit(COUNT_UP_TO + 1).subquery()
    return session.scalars(select(func.count()).select_from(bounded)).one()
