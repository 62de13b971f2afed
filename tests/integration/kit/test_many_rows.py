"""Many rows are inserted and updated as they would be one by one."""

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from sqlalchemy import select

from app.kit.db import unit_of_work
from app.kit.many_rows import insert_rows, update_rows
from app.kit.outbox.models import OutboxRow

AT = datetime(2026, 5, 4, 10, 30, 0, 250, tzinfo=UTC)
IN_VIENNA = AT.astimezone(timezone(timedelta(hours=2)))

pytestmark = pytest.mark.usefixtures("database")


def test_keeps_every_value_and_its_type() -> None:
    texts = {"quote": '"{\\', "umlaut": "Gruß 🛒", "nested": [1, 2.5, None, True]}
    given = [_row(texts, IN_VIENNA, key="a"), _row({}, None, key=None)]
    with unit_of_work() as work:
        insert_rows(work.session, OutboxRow, given)
    with unit_of_work(read_only=True) as work:
        rows = work.session.scalars(select(OutboxRow).order_by(OutboxRow.id)).all()
        found = [(one.payload, one.lease_until, one.dedupe_key, one.attempts) for one in rows]
    assert found == [(texts, AT, "a", 0), ({}, None, None, 0)]


def test_inserts_nothing_for_no_rows() -> None:
    with unit_of_work() as work:
        insert_rows(work.session, OutboxRow, [])
        assert work.session.scalars(select(OutboxRow)).all() == []


def test_refuses_a_time_without_its_zone() -> None:
    naive = _row({}, AT.replace(tzinfo=None), key=None)
    with pytest.raises(Exception, match="without a zone"), unit_of_work() as work:
        insert_rows(work.session, OutboxRow, [naive])


def test_refuses_what_is_neither_json_nor_a_time() -> None:
    with pytest.raises(Exception, match="set"), unit_of_work() as work:
        insert_rows(work.session, OutboxRow, [_row({"odd": {1}}, None, key=None)])


def test_updates_each_row_by_its_id_and_leaves_the_others() -> None:
    given = [_row({"n": n}, AT, key=str(n)) for n in range(3)]
    with unit_of_work() as work:
        insert_rows(work.session, OutboxRow, given)
        first, _, last = work.session.scalars(select(OutboxRow.id).order_by(OutboxRow.id))
    changes = [
        {"id": last, "payload": {"quote": '"{\\'}, "lease_until": IN_VIENNA, "attempts": 7},
        {"id": first, "payload": {}, "lease_until": None, "attempts": 8},
    ]
    with unit_of_work() as work:
        update_rows(work.session, OutboxRow, changes)
    with unit_of_work(read_only=True) as work:
        rows = work.session.scalars(select(OutboxRow).order_by(OutboxRow.id)).all()
        found = [(one.payload, one.lease_until, one.attempts, one.dedupe_key) for one in rows]
    assert found == [({}, None, 8, "0"), ({"n": 1}, AT, 0, "1"), ({"quote": '"{\\'}, AT, 7, "2")]


def test_lets_what_the_session_holds_follow() -> None:
    with unit_of_work() as work:
        insert_rows(work.session, OutboxRow, [_row({}, AT, key=None)])
        held = work.session.scalars(select(OutboxRow)).one()
        update_rows(work.session, OutboxRow, [{"id": held.id, "attempts": 7, "lease_until": None}])
        assert (held.attempts, held.lease_until, held.available_at) == (7, None, AT)
        assert not work.session.dirty


def test_updates_nothing_for_no_rows() -> None:
    with unit_of_work() as work:
        insert_rows(work.session, OutboxRow, [_row({}, AT, key=None)])
        update_rows(work.session, OutboxRow, [])
        assert work.session.scalars(select(OutboxRow.attempts)).all() == [0]


def _row(payload: dict[str, Any], lease_until: datetime | None, key: str | None) -> dict[str, Any]:
    return {
        "kind": "mail",
        "payload": payload,
        "dedupe_key": key,
        "status": "waiting",
        "available_at": AT,
        "lease_until": lease_until,
        "created_at": AT,
    }
