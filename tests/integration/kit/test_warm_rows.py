"""Rows kept warm by a thread of the process."""

from collections.abc import Collection, Mapping
from threading import Event

import pytest
from sqlalchemy.orm import Session

from app.kit import warm_rows
from app.kit.db import Database
from app.kit.warm_rows import Warmer, WarmRows


class Source:
    """Answers each key with its length; fails as often as it is told to."""

    def __init__(self, failures: int = 0) -> None:
        self.failures = failures
        self.asked: list[list[str]] = []
        self.answered = Event()

    def __call__(self, session: Session, keys: Collection[str]) -> Mapping[str, int]:
        if self.failures:
            self.failures -= 1
            raise ConnectionError
        self.asked.append(sorted(keys))
        self.answered.set()
        return {key: len(key) for key in keys if key != "unknown"}


def test_it_answers_nothing_until_it_has_read_and_what_is_there_afterwards(
    database: Database,
) -> None:
    source = Source()
    rows = WarmRows(source)
    assert [rows.find("abc"), rows.find("unknown")] == [None, None]
    rows.refresh()
    assert [rows.find("abc"), rows.find("unknown")] == [3, None]
    assert source.asked == [["abc", "unknown"]]


def test_it_stops_reading_what_nobody_asked_for_within_a_minute(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = 1_000.0
    monkeypatch.setattr(warm_rows, "monotonic", lambda: at)
    source = Source()
    rows = WarmRows(source)
    rows.find("old")
    at += 60.0
    rows.find("new")
    rows.refresh()
    assert source.asked == [["new"]]


def test_it_keeps_no_more_rows_than_it_may(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(warm_rows, "MAX_ROWS", 2)
    source = Source()
    rows = WarmRows(source)
    for key in ("a", "b", "c", "a"):
        rows.find(key)
    rows.refresh()
    assert source.asked == [["a", "b"]]


def test_its_thread_outlives_failures_and_can_be_started_again(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(warm_rows, "READ_EVERY_S", 0.001)
    source = Source(failures=2)
    rows = WarmRows(source)
    rows.find("abc")
    warmer = Warmer([rows])
    for _ in range(2):
        source.answered.clear()
        warmer.start()
        assert source.answered.wait(timeout=30)
        warmer.stop()
    assert rows.find("abc") == 3
    assert source.failures == 0
