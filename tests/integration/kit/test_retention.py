"""Old traces of the machinery go, failures and young rows stay."""

from datetime import UTC, datetime, timedelta
from typing import get_args

import pytest
from sqlalchemy import select

from app.kit import clocks, retention
from app.kit.clocks import Clocks, SettableClock, configure_clocks
from app.kit.db import unit_of_work
from app.kit.jobs import JobRunner
from app.kit.jobs.models import JobSlot, RunStatus
from app.kit.mail import KeptMail
from app.kit.outbox.models import MessageStatus, OutboxRow

NOW = datetime(2026, 5, 4, 8, 30, tzinfo=UTC)
MINUTE = timedelta(minutes=1)

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clocks, "_clocks", None)  # restores what was configured before
    configure_clocks(Clocks(system=SettableClock(NOW)))


def add_run(status: RunStatus, age: timedelta) -> None:
    row = JobSlot(name=f"{status} {age}", slot=NOW - age, status=status, available_at=NOW - age)
    with unit_of_work() as work:
        work.session.add(row)


def add_message(status: MessageStatus, age: timedelta) -> None:
    at = NOW - age
    row = OutboxRow(
        kind=f"{status} {age}", payload={}, status=status, available_at=at, created_at=at
    )
    with unit_of_work() as work:
        work.session.add(row)


def add_mail(age: timedelta) -> None:
    row = KeptMail(to=f"{age}", subject="", text="", html="", locale="en", created_at=NOW - age)
    with unit_of_work() as work:
        work.session.add(row)


def clean_up() -> dict[str, int]:
    run = JobRunner([retention.CLEAN_UP]).run_now("kit.clean_up")
    assert run.status == "done"
    return run.counts


def test_drops_finished_runs_after_thirty_days() -> None:
    for status in get_args(RunStatus):
        add_run(status, timedelta(days=30) + MINUTE)
        add_run(status, timedelta(days=30) - MINUTE)
    assert clean_up()["job_runs"] == 2
    with unit_of_work(read_only=True) as work:
        names = set(work.session.scalars(select(JobSlot.name)))
    old = {name for name in names if name.endswith("30 days, 0:01:00")}
    assert {name.split()[0] for name in old} == {"waiting", "running", "failed"}
    assert len(names - old) == len(get_args(RunStatus)) + 1  # and the cleaning itself


def test_drops_delivered_messages_after_ninety_days() -> None:
    for status in get_args(MessageStatus):
        add_message(status, timedelta(days=90) + MINUTE)
        add_message(status, timedelta(days=90) - MINUTE)
    assert clean_up()["messages"] == 1
    with unit_of_work(read_only=True) as work:
        kinds = set(work.session.scalars(select(OutboxRow.kind)))
    assert "delivered 90 days, 0:01:00" not in kinds
    assert len(kinds) == 2 * len(get_args(MessageStatus)) - 1


def test_drops_kept_mails_after_thirty_days() -> None:
    add_mail(timedelta(days=30) + MINUTE)
    add_mail(timedelta(days=30) - MINUTE)
    assert clean_up()["kept_mails"] == 1
    with unit_of_work(read_only=True) as work:
        assert work.session.scalars(select(KeptMail.to)).all() == ["29 days, 23:59:00"]


def test_works_in_portions_until_nothing_old_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retention, "ROWS_A_STEP", 2)
    for n in range(5):
        add_mail(timedelta(days=100 + n))
    assert clean_up() == {"job_runs": 0, "messages": 0, "kept_mails": 5}
