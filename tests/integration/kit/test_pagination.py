"""Walks whole lists page by page, in every order, on both databases."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import ForeignKey, delete, event, func, select
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship, selectinload

from app.kit import pagination
from app.kit.cursors import InvalidCursor
from app.kit.db import Database, unit_of_work
from app.kit.errors import InvalidInput
from app.kit.models import Base, PrimaryKey
from app.kit.pagination import InvalidSort, Page, PageRequest, Sorting, paginate, paginate_rows

pytestmark = pytest.mark.usefixtures("library")
NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)


class Library(DeclarativeBase):
    """Tables of this test alone, so that no check of the product's tables meets them."""

    type_annotation_map = Base.type_annotation_map


class Shelf(Library):
    __tablename__ = "test_shelves"

    id: Mapped[PrimaryKey]
    label: Mapped[str]


class Book(Library):
    __tablename__ = "test_books"

    id: Mapped[PrimaryKey]
    title: Mapped[str]
    bought_at: Mapped[datetime]
    price_cents: Mapped[int | None]
    shelf_id: Mapped[int | None] = mapped_column(ForeignKey("test_shelves.id"))
    shelf: Mapped[Shelf | None] = relationship(lazy="raise")


SORTING = Sorting(
    {
        "title": Book.title,
        "bought_at": Book.bought_at,
        "price": Book.price_cents,
        "length": func.length(Book.title),
        "id": Book.id,
    },
    tie=Book.id,
    default="-bought_at",
)
WAYS = [sign + name for name in SORTING.columns for sign in ("", "-")]


@pytest.fixture
def library(database: Database) -> Iterator[None]:
    Library.metadata.create_all(database.engine)
    yield
    Library.metadata.drop_all(database.engine)


def add_books(count: int = 23) -> None:
    """Many equal titles, times and prices; every third price is missing."""
    with unit_of_work() as work:
        for n in range(count):
            work.session.add(
                Book(
                    title="abc"[n % 3] * (1 + n % 2),
                    bought_at=NOON + timedelta(microseconds=n // 4),
                    price_cents=None if n % 3 == 0 else n % 5,
                )
            )


def page_of(request: PageRequest, **filters: object) -> Page[int]:
    with unit_of_work(read_only=True) as work:
        page = paginate(
            work.session,
            select(Book).filter_by(**filters),
            sorting=SORTING,
            request=request,
            filters=filters,
        )
        return page.map(lambda book: book.id)


def walk(sort: str | None, limit: int) -> list[int]:
    books: list[int] = []
    cursor: str | None = None
    while True:
        page = page_of(PageRequest(limit=limit, cursor=cursor, sort=sort))
        books += page.items
        cursor = page.next_cursor
        if cursor is None:
            return books
        assert len(page.items) == limit


def expected_order(sort: str) -> list[int]:
    """By Python: rows without a value last, ties by id, both in the asked direction."""
    name, down = sort.removeprefix("-"), sort.startswith("-")
    with unit_of_work(read_only=True) as work:
        values = {
            book.id: {
                "title": book.title,
                "bought_at": book.bought_at,
                "price": book.price_cents,
                "length": len(book.title),
                "id": book.id,
            }[name]
            for book in work.session.scalars(select(Book))
        }
    valued = [key for key, value in values.items() if value is not None]
    empty = [key for key, value in values.items() if value is None]
    valued.sort(key=lambda key: (values[key], key), reverse=down)
    return valued + sorted(empty, reverse=down)


@pytest.mark.parametrize("sort", WAYS)
def test_shows_every_row_once_in_order_whatever_the_page_size(sort: str) -> None:
    add_books()
    expected = expected_order(sort)
    for limit in (1, 2, 7, 8, 22, 23, 24, 200):
        assert walk(sort, limit) == expected


def test_sorts_as_declared_when_nothing_is_asked() -> None:
    add_books()
    assert walk(None, 10) == expected_order("-bought_at")


def test_continues_after_the_last_row_even_if_it_is_gone() -> None:
    add_books()
    first = page_of(PageRequest(limit=5, sort="title"))
    expected = expected_order("title")[5:10]
    with unit_of_work() as work:
        work.session.execute(delete(Book).where(Book.id == first.items[-1]))
    following = page_of(PageRequest(limit=5, sort="title", cursor=first.next_cursor))
    assert following.items == expected


def test_answers_an_empty_list_with_an_empty_page() -> None:
    assert page_of(PageRequest()) == Page([], None, 0, False)


def test_counts_the_filtered_list_on_every_page() -> None:
    add_books()
    first = page_of(PageRequest(limit=3), title="a")
    second = page_of(PageRequest(limit=3, cursor=first.next_cursor), title="a")
    assert (first.total, first.total_is_estimate) == (4, False)
    assert (second.total, len(second.items), second.next_cursor) == (4, 1, None)


def test_stops_counting_at_its_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pagination, "COUNT_UP_TO", 22)
    add_books(22)
    page = page_of(PageRequest(limit=5))
    assert (page.total, page.total_is_estimate) == (22, False)
    add_books(1)
    page = page_of(PageRequest(limit=5))
    assert (page.total, page.total_is_estimate) == (22, True)


def test_refuses_a_cursor_of_another_sort_or_filter() -> None:
    add_books()
    cursor = page_of(PageRequest(limit=2, sort="title"), price_cents=1).next_cursor
    assert cursor is not None
    page_of(PageRequest(limit=200, sort="title", cursor=cursor), price_cents=1)
    for sort, filters in (
        ("-title", {"price_cents": 1}),
        ("bought_at", {"price_cents": 1}),
        ("title", {"price_cents": 2}),
        ("title", {}),
    ):
        with pytest.raises(InvalidCursor):
            page_of(PageRequest(limit=2, sort=sort, cursor=cursor), **filters)


@pytest.mark.parametrize("sort", ["colour", "-colour", "-", "--title", "title;drop", "tie"])
def test_refuses_a_sort_that_is_not_on_the_list(sort: str) -> None:
    with pytest.raises(InvalidSort) as refused:
        page_of(PageRequest(sort=sort))
    assert refused.value.params == {"sort": sort, "allowed": ", ".join(WAYS)}


@pytest.mark.parametrize("limit", [0, -1, 201])
def test_refuses_a_limit_outside_its_bounds(limit: int) -> None:
    with pytest.raises(InvalidInput) as refused:
        PageRequest(limit=limit)
    assert refused.value.errors == (("/limit", "out_of_range", {"minimum": 1, "maximum": 200}),)


def test_pages_through_joined_columns_that_may_be_missing() -> None:
    add_books(6)
    with unit_of_work() as work:
        shelf = Shelf(label="top")
        work.session.add(shelf)
        work.session.flush()
        for book in work.session.scalars(select(Book).where(Book.id % 2 == 0)):
            book.shelf_id = shelf.id
    sorting = Sorting({"shelf": Shelf.label}, tie=Book.id, default="shelf", nullable={"shelf"})
    seen: list[tuple[int, str | None]] = []
    cursor: str | None = None
    with unit_of_work(read_only=True) as work:
        while True:
            page = paginate_rows(
                work.session,
                select(Book.id, Shelf.label).outerjoin(Shelf, Shelf.id == Book.shelf_id),
                sorting=sorting,
                request=PageRequest(limit=2, cursor=cursor),
                filters={},
            )
            assert page.total == 6
            seen += [(book_id, label) for book_id, label in page.items]
            cursor = page.next_cursor
            if cursor is None:
                break
    assert [label for _, label in seen] == ["top"] * 3 + [None] * 3
    assert [book_id % 2 for book_id, _ in seen] == [0, 0, 0, 1, 1, 1]


def test_keeps_the_loading_of_relationships() -> None:
    add_books(3)
    with unit_of_work(read_only=True) as work:
        page = paginate(
            work.session,
            select(Book).options(selectinload(Book.shelf)),
            sorting=SORTING,
            request=PageRequest(),
            filters={},
        )
        assert [book.shelf for book in page.items] == [None, None, None]


def test_changes_items_without_losing_the_rest_of_the_page() -> None:
    page = Page([1, 2], "next", 40, True)
    assert page.map(str) == Page(["1", "2"], "next", 40, True)


@pytest.mark.parametrize(("sort", "queries"), [("title", 2), ("price", 3)])
def test_asks_the_same_number_of_queries_for_one_row_as_for_many(
    database: Database, sort: str, queries: int
) -> None:
    for count in (1, 22):
        add_books(count)
        asked: list[str] = []
        event.listen(
            database.engine,
            "before_cursor_execute",
            lambda *args, asked=asked: asked.append(args[2]),
        )
        page_of(PageRequest(sort=sort))
        assert len([sql for sql in asked if sql.startswith("SELECT")]) == queries


def test_finds_a_late_page_by_the_index_and_sorts_nothing(
    database: Database,
) -> None:
    """The plan of a page deep in a list starts at its cursor: no scan, no sort ."""
    statements: list[tuple[str, Any]] = []
    with unit_of_work() as work:
        work.session.connection().exec_driver_sql(
            "CREATE INDEX test_books_by_title ON test_books (title, id)"
        )
        work.session.add_all(
            Book(title=f"t{n:05}", bought_at=NOON, price_cents=n) for n in range(3000)
        )
    with unit_of_work() as work:
        work.session.connection().exec_driver_sql("ANALYZE")
    for sort in ("title", "-title"):
        first = page_of(PageRequest(limit=200, sort=sort))
        for _ in range(5):
            first = page_of(PageRequest(limit=200, sort=sort, cursor=first.next_cursor))
        event.listen(
            database.engine,
            "before_cursor_execute",
            lambda *args: statements.append((args[2], args[3])),
        )
        page_of(PageRequest(limit=50, sort=sort, cursor=first.next_cursor))
        sql, params = next(entry for entry in statements if "ORDER BY" in entry[0])
        prefix = "EXPLAIN QUERY PLAN " if database.is_sqlite else "EXPLAIN "
        with database.engine.connect() as connection:
            plan = str(connection.exec_driver_sql(prefix + sql, params).all())
        assert "test_books_by_title" in plan
        assert ("SEARCH" if database.is_sqlite else "Index Cond") in plan
        assert "TEMP B-TREE" not in plan
        assert "Sort" not in plan
