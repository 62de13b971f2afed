"""Cursors carry values exactly and open no other list."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.kit import cursors
from app.kit.cursors import InvalidCursor, configure_cursors, read_cursor, write_cursor

LIST = ["merchants.id", "-name", [("status", "active")]]
values = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.text(),
    st.floats(allow_nan=False, allow_infinity=False),
    st.dates(),
    st.datetimes(timezones=st.just(UTC)),
    st.decimals(allow_nan=False, allow_infinity=False),
)


@given(st.lists(values, max_size=3))
def test_gives_back_the_values_it_was_written_from(position: list[object]) -> None:
    cursor = write_cursor(position, LIST)
    assert read_cursor(cursor, LIST) == position
    assert set(cursor) <= set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_")


def test_keeps_the_kind_of_a_value() -> None:
    position = [date(2026, 1, 2), datetime(2026, 1, 2, 3, tzinfo=UTC), Decimal("1.50"), 7]
    read = read_cursor(write_cursor(position, LIST), LIST)
    assert [type(value) for value in read] == [date, datetime, Decimal, int]


@pytest.mark.parametrize(
    "other",
    [
        ["stores.id", "-name", [("status", "active")]],
        ["merchants.id", "name", [("status", "active")]],
        ["merchants.id", "-name", [("status", "past_due")]],
        ["merchants.id", "-name", []],
    ],
)
def test_refuses_the_cursor_of_another_list(other: list[object]) -> None:
    with pytest.raises(InvalidCursor):
        read_cursor(write_cursor(["Anna", 7], LIST), other)


@pytest.mark.parametrize("damaged", ["", "x", "%%%", "é", "AAAA", "A" * 5000, "null", "{}"])
def test_refuses_what_is_no_cursor(damaged: str) -> None:
    with pytest.raises(InvalidCursor):
        read_cursor(damaged, LIST)


def test_refuses_a_cursor_with_any_changed_character() -> None:
    cursor = write_cursor(["Anna", 7], LIST)
    for place, letter in enumerate(cursor[:-1]):
        forged = cursor[:place] + ("A" if letter != "A" else "B") + cursor[place + 1 :]
        with pytest.raises(InvalidCursor):
            read_cursor(forged, LIST)


def test_refuses_a_cursor_signed_with_another_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cursors, "_key", b"")  # restores the key afterwards
    configure_cursors("first secret")
    cursor = write_cursor(["Anna", 7], LIST)
    assert read_cursor(cursor, LIST) == ["Anna", 7]
    configure_cursors("second secret")
    with pytest.raises(InvalidCursor):
        read_cursor(cursor, LIST)
