"""Operators hear of what was given up in the background."""

from datetime import timedelta

import pytest
from structlog.testing import capture_logs

from app.bootstrap import System
from app.kit import mail, outbox
from app.kit.clocks import SettableClock
from app.kit.db import UnitOfWork, unit_of_work
from app.kit.jobs import Done, JobRun, JobRunner, StepJob
from app.kit.outbox import OutboxDelivery, OutboxMessage, Undeliverable
from app.modules.billing.models import OperatorAlert
from app.modules.billing.services.alerts import alert
from app.modules.billing.services.machinery_alerts import alert_dead_message, alert_failed_job
from tests.factories.tenancy import a_super_admin
from tests.integration.billing.lifecycle.conftest import NOW, ReadMails


def fails(_work: UnitOfWork, _run: JobRun) -> Done:
    raise LookupError("nothing there")


def refuses(_message: OutboxMessage) -> None:
    raise Undeliverable("nobody of this name")


def alerts() -> list[tuple[str, str]]:
    with unit_of_work(read_only=True) as work:
        found = work.session.query(OperatorAlert).order_by(OperatorAlert.id)
        return [(one.kind, one.key) for one in found]


@pytest.mark.usefixtures("database")
def test_a_job_that_always_fails_is_given_up_and_told_while_others_go_on(
    clock: SettableClock, read_mails: ReadMails
) -> None:
    a_super_admin()
    bad = StepJob(name="test.bad", schedule="0 9 * * *", step=fails)
    good = StepJob(name="test.good", schedule="0 9 * * *", step=lambda _work, _run: Done())
    runner = JobRunner([bad, good], on_failure=alert_failed_job)
    clock.at = NOW - timedelta(hours=1)
    runner.run_due(clock.at)
    with capture_logs():
        for _ in range(6):
            clock.advance(timedelta(hours=1))
            runner.run_due(NOW)
    assert alerts() == [("job_failed", f"test.bad:{NOW.isoformat()}")]
    assert runner.unfinished(NOW) == 0
    assert read_mails() == ["A background job has failed for good"]


@pytest.mark.usefixtures("database")
def test_dead_messages_of_a_kind_are_told_once_a_day(
    clock: SettableClock, read_mails: ReadMails
) -> None:
    a_super_admin()
    delivery = OutboxDelivery({"test.note": refuses}, on_dead=alert_dead_message)
    with capture_logs():
        for _ in range(3):
            with unit_of_work() as work:
                outbox.put(work, "test.note", {})
        delivery.deliver_due()
    assert alerts() == [("message_dead", "test.note:2026-01-31")]
    assert read_mails() == ["A message could not be delivered and was given up"]


@pytest.mark.usefixtures("database")
def test_an_alert_whose_mail_is_refused_does_not_call_for_another(
    clock: SettableClock, system: System
) -> None:
    a_super_admin()
    with unit_of_work() as work:
        alert(work, "sync_fails", key="1")
    handlers = {mail.KIND: refuses}
    for module in system.modules:
        handlers |= module.outbox_handlers  # type: ignore[arg-type]
    with capture_logs():
        assert OutboxDelivery(handlers, on_dead=alert_dead_message).deliver_due() == 2
    assert alerts() == [("sync_fails", "1")]
