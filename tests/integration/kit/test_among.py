"""A column is compared with many ids that are given as one value."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from app.kit.among import among
from app.kit.db import Database, unit_of_work
from app.kit.many_rows import insert_rows
from app.kit.outbox.models import OutboxRow

AT = datetime(2026, 5, 4, tzinfo=UTC)
GREAT = 2**40  # needs more than 32 bits

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture(autouse=True)
def _rows(database: object) -> None:
    with unit_of_work() as work:
        insert_rows(work.session, OutboxRow, [_row(one) for one in (1, 2, 3, GREAT)])


def test_it_finds_those_that_are_among_the_ids() -> None:
    assert found([3, GREAT, 1, 99]) == [1, 3, GREAT]


def test_it_finds_others_with_other_ids_and_another_number_of_them() -> None:
    assert [found([1, 2]), found({3}), found({GREAT: "any collection"})] == [[1, 2], [3], [GREAT]]


def test_it_finds_nothing_among_no_ids() -> None:
    assert found([]) == []


def test_it_can_be_negated() -> None:
    with unit_of_work(read_only=True) as work:
        others = select(OutboxRow.id).where(~among(OutboxRow.id, [1, GREAT]))
        assert sorted(work.session.scalars(others)) == [2, 3]


def test_it_looks_up_an_index(database: Database) -> None:
    dialect = database.engine.dialect
    statement = str(select(OutboxRow.id).where(among(OutboxRow.id, [1])).compile(dialect=dialect))
    wanted = (
        "outbox_messages.id IN (SELECT value FROM json_each(?))"
        if database.is_sqlite
        else "outbox_messages.id = ANY (%(param_1)s::BIGINT[])"
    )
    assert statement.partition("WHERE ")[2] == wanted


def found(ids: list[int] | set[int] | dict[int, str]) -> list[int]:
    with unit_of_work(read_only=True) as work:
        rows = select(OutboxRow.id).where(among(OutboxRow.id, ids)).order_by(OutboxRow.id)
        return list(work.session.scalars(rows))


def _row(row_id: int) -> dict[str, object]:
    return {
        "id": row_id,
        "kind": "mail",
        "payload": {},
        "status": "waiting",
        "available_at": AT,
        "created_at": AT,
    }
