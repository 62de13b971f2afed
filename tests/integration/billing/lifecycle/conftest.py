"""A shop with a subscription, time that moves when told, and what its owner reads."""

from collections.abc import Callable, Iterator
from contextvars import copy_context
from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from app.bootstrap import System
from app.kit import mail
from app.kit.clocks import Clocks, SettableClock, clocks, configure_clocks
from app.kit.db import Database, unit_of_work
from app.kit.jobs.models import JobSlot
from app.kit.mail import KeptMail
from app.kit.outbox import OutboxDelivery
from app.modules.billing.models import MerchantSubscription
from tests.factories.billing import shipped_tiers
from tests.factories.tenancy import AShop, a_shop

NOW = datetime(2026, 1, 31, 9, 0, tzinfo=UTC)
RunJob = Callable[[str], dict[str, int]]
ReadMails = Callable[[], list[str]]
Row = Callable[[], MerchantSubscription]


@pytest.fixture
def clock() -> Iterator[SettableClock]:
    """Time that moves when told, for the whole process."""
    before = clocks()
    clock = SettableClock(NOW)
    configure_clocks(Clocks(system=clock))
    yield clock
    configure_clocks(before)


@pytest.fixture
def shop(database: Database, clock: SettableClock) -> AShop:
    """A merchant on a platform with the shipped tiers."""
    shop = a_shop()
    shipped_tiers(shop.platform_id)
    return shop


@pytest.fixture
def row(shop: AShop) -> Row:
    """Reads the shop's subscription."""

    def read() -> MerchantSubscription:
        with unit_of_work(read_only=True) as work:
            held = MerchantSubscription.merchant_id == shop.merchant_id
            return work.session.scalars(select(MerchantSubscription).where(held)).one()

    return read


@pytest.fixture
def run_job(system: System, clock: SettableClock) -> RunJob:
    """Runs a job of the billing module by the runner and returns its counts."""

    def run(verb: str) -> dict[str, int]:
        slot: JobSlot = copy_context().run(system.runner.run_now, f"billing.{verb}")
        clock.at = clock.at.replace(microsecond=clock.at.microsecond + 1)  # a slot is an instant
        assert (slot.status, slot.error) == ("done", None)
        return slot.counts

    return run


@pytest.fixture
def read_mails(system: System, database: Database) -> ReadMails:
    """Delivers the outbox and returns the subjects of all mails so far, oldest first."""
    handlers = {
        mail.KIND: mail.mail_handler(
            base_url="https://shop.example", sender="a@b.test", server=None, readable_links=True
        )
    }
    for module in system.modules:
        handlers |= module.outbox_handlers

    def read() -> list[str]:
        OutboxDelivery(handlers).deliver_due()
        with unit_of_work(read_only=True) as work:
            return list(work.session.scalars(select(KeptMail.subject).order_by(KeptMail.id)))

    return read
