"""Rows that are there already stay as they are."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from app.kit.db import unit_of_work
from app.kit.jobs.models import JobSchedule
from app.kit.upsert import insert_new, insert_or_ignore

AT = datetime(2026, 5, 4, tzinfo=UTC)
LATER = datetime(2026, 6, 4, tzinfo=UTC)

pytestmark = pytest.mark.usefixtures("database")


def test_inserts_what_is_new_and_leaves_the_rest() -> None:
    with unit_of_work() as work:
        first = [{"name": "a", "planned_until": AT}]
        assert insert_or_ignore(work.session, JobSchedule, first) == 1
    with unit_of_work() as work:
        both = [{"name": name, "planned_until": LATER} for name in ("a", "b")]
        assert insert_or_ignore(work.session, JobSchedule, both) == 1
    with unit_of_work() as work:
        rows = work.session.scalars(select(JobSchedule))
        assert {row.name: row.planned_until for row in rows} == {"a": AT, "b": LATER}


def test_tells_which_of_many_are_new() -> None:
    with unit_of_work() as work:
        insert_or_ignore(work.session, JobSchedule, [{"name": "b", "planned_until": AT}])
    names = ("a", "b", "a", "c")
    with unit_of_work() as work:
        rows = [{"name": name, "planned_until": LATER} for name in names]
        assert sorted(insert_new(work.session, JobSchedule, rows, told="name")) == ["a", "c"]
    with unit_of_work() as work:
        stored = work.session.scalars(select(JobSchedule))
        assert {row.name: row.planned_until for row in stored} == {"a": LATER, "b": AT, "c": LATER}


def test_does_nothing_for_no_rows() -> None:
    with unit_of_work() as work:
        assert insert_or_ignore(work.session, JobSchedule, []) == 0
        assert insert_new(work.session, JobSchedule, [], told="name") == []
