"""What tests of accounts and teams need: a clock to move, fresh limits, a way to read mails."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest

from app.bootstrap import System
from app.kit import mail
from app.kit.clocks import Clocks, SettableClock, clocks, configure_clocks
from app.kit.db import Database, unit_of_work
from app.kit.mail import KeptMail
from app.kit.outbox import OutboxDelivery
from app.kit.rate_limit import EventsInProcess, configure_rate_limits

BASE_URL = "https://shop.example"
NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


@pytest.fixture
def clock() -> Iterator[SettableClock]:
    """Time that moves when told, for the whole process."""
    before = clocks()
    clock = SettableClock(NOW)
    configure_clocks(Clocks(system=clock))
    yield clock
    configure_clocks(before)


@pytest.fixture(autouse=True)
def fresh_limits() -> None:
    """What other tests did wrong within the minute counts no more."""
    configure_rate_limits(EventsInProcess())


@pytest.fixture
def read_mails(system: System, database: Database) -> Callable[[], list[KeptMail]]:
    """Deliver the outbox; returns every mail so far, links readable, the oldest first."""
    deliver = mail.mail_handler(
        base_url=BASE_URL, sender="shop@example.test", server=None, readable_links=True
    )
    handlers = {mail.KIND: deliver}
    for module in system.modules:
        handlers |= module.outbox_handlers

    def read() -> list[KeptMail]:
        OutboxDelivery(handlers).deliver_due()
        with unit_of_work(read_only=True) as work:
            return list(work.session.query(KeptMail).order_by(KeptMail.id))

    return read
