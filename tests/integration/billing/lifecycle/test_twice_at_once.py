"""Each job run twice at the same time does each thing once."""

from collections import Counter
from collections.abc import Iterator
from contextvars import copy_context
from dataclasses import replace
from datetime import datetime, timedelta
from threading import Barrier, Thread
from typing import Any

import pytest
from sqlalchemy import select

from app.bootstrap import System
from app.kit.clocks import SettableClock
from app.kit.db import unit_of_work
from app.kit.jobs import JobRunner, StepJob
from app.modules.billing.models import (
    BillingSource,
    Figure,
    MerchantSubscription,
    SubscriptionChange,
    SubscriptionStatus,
    SubscriptionTally,
    UsageCounter,
)
from app.modules.core.public import AuditEntry
from tests.factories.billing import a_subscription, shipped_tiers
from tests.factories.bulk import add_orders
from tests.factories.tenancy import AShop, a_platform, a_shop
from tests.integration.billing.lifecycle.conftest import NOW, ReadMails

SHOPS = 12
END = NOW + timedelta(days=28)
ENDED, TRIAL_ENDED = "Your subscription on Platform has ended", "Your trial on Platform has ended"
TRIAL_ENDS, APPROACHING = (
    "Your trial on Platform ends soon",
    "You are approaching a limit on Platform",
)


@pytest.fixture
def shops(database: object, clock: SettableClock) -> list[AShop]:
    """Merchants on one platform with the shipped tiers."""
    platform = a_platform()
    shipped_tiers(platform)
    return [a_shop(platform) for _ in range(SHOPS)]


def subscribe(shops: list[AShop], *, cancel_at: datetime | None = None) -> None:
    for shop in shops:
        subscription = a_subscription(shop.owner)
        with unit_of_work() as work:
            row = work.session.get_one(MerchantSubscription, subscription)
            row.period_end, row.cancel_at = END, cancel_at


def in_trial(shops: list[AShop]) -> None:
    for shop in shops:
        a_subscription(
            shop.owner,
            status=SubscriptionStatus.TRIAL,
            source=BillingSource.TRIAL,
            trial_ends_at=END,
        )


def run_twice(system: System, verb: str) -> Counter[str]:
    """Run a job under two names at the same time; the sum of their counts."""
    job = system.runner.jobs[f"billing.{verb}"]
    assert isinstance(job, StepJob)
    barrier, counts = Barrier(2), Counter[str]()

    def run(name: str) -> None:
        runner = JobRunner([replace(job, name=name)])
        barrier.wait()
        slot = runner.run_now(name)
        assert (slot.status, slot.error) == ("done", None)
        counts.update(slot.counts)

    threads = [Thread(target=copy_context().run, args=(run, f"test.{n}")) for n in ("a", "b")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return counts


def rows(model: type[Any]) -> Iterator[Any]:
    with unit_of_work(read_only=True) as work:
        yield from work.session.scalars(select(model)).all()


def test_it_ends_each_plan_once(
    shops: list[AShop], system: System, clock: SettableClock, read_mails: ReadMails
) -> None:
    subscribe(shops, cancel_at=END)
    clock.at = END
    assert run_twice(system, "reset_period_counters")["ended"] == SHOPS
    assert_each_ended_once("cancelled", Figure.ENDED)
    assert Counter(read_mails()) == {ENDED: SHOPS}


def test_it_expires_each_trial_once(
    shops: list[AShop], system: System, clock: SettableClock, read_mails: ReadMails
) -> None:
    in_trial(shops)
    clock.at = END
    assert run_twice(system, "check_trial_expirations")["expired"] == SHOPS
    assert_each_ended_once("expired", Figure.TRIAL_ENDED)
    assert Counter(read_mails()) == {TRIAL_ENDED: SHOPS}


def assert_each_ended_once(status: str, figure: Figure) -> None:
    held = list(rows(MerchantSubscription))
    each = Counter(one.id for one in held)
    assert {one.status for one in held} == {status}
    assert Counter(one.subscription_id for one in rows(SubscriptionChange)) == each
    assert Counter(one.target_id for one in rows(AuditEntry)) == each
    happened = [one.amount for one in rows(SubscriptionTally) if one.figure == figure]
    assert sum(happened) == SHOPS


def test_it_turns_each_period_and_opens_each_window_once(
    shops: list[AShop], system: System, clock: SettableClock
) -> None:
    subscribe(shops)
    clock.at = END
    assert run_twice(system, "reset_period_counters")["periods"] == SHOPS
    held = list(rows(MerchantSubscription))
    assert {(one.period_start, one.version) for one in held} == {(END, 3)}
    windows = Counter((one.merchant_id, one.window_start) for one in rows(UsageCounter))
    assert set(windows.values()) == {1}
    assert len(windows) == SHOPS


def test_it_tells_of_each_ending_trial_once(
    shops: list[AShop], system: System, clock: SettableClock, read_mails: ReadMails
) -> None:
    in_trial(shops)
    clock.at = END - timedelta(days=1)
    run_twice(system, "tell_ending_trials")
    assert Counter(read_mails()) == {TRIAL_ENDS: SHOPS}


def test_it_tells_of_each_limit_once(
    shops: list[AShop], system: System, read_mails: ReadMails
) -> None:
    subscribe(shops)
    for number, shop in enumerate(shops):
        add_orders(shop, f"o{number}.", 75, after=0)
    assert run_twice(system, "alert_usage")["told"] == SHOPS
    assert Counter(read_mails()) == {APPROACHING: SHOPS}
