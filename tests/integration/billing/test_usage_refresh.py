"""Usage of many merchants read anew at once, and entitlements learned from those who reserve."""

from collections.abc import Iterator
from datetime import timedelta
from threading import Thread
from time import monotonic

import pytest
from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from app.contracts.features import Reason, gate
from app.contracts.tenants import Owner
from app.kit.clocks import business_now
from app.kit.db import Database, UnitOfWork, unit_of_work
from app.modules.billing.features import BillingFeatures
from app.modules.billing.models import UsageCounter
from app.modules.billing.services import decision_tables, usage_refresh
from app.modules.billing.services.decision_tables import DecisionTables
from app.modules.billing.services.tables import tables
from app.modules.billing.services.usage_refresh import refresh_usage
from tests.factories.billing import a_subscription, an_override, shipped_tiers
from tests.factories.tenancy import a_merchant, a_platform, a_shop
from tests.factories.usage import counter_is
from tests.integration.queries import counted_statements

PRODUCTS, ORDERS = "max_products", "max_orders_per_month"
MAILBOXES = "max_email_addresses"


class Moving:
    """A monotonic clock that stands still until it is pushed forward."""

    def __init__(self) -> None:
        self.ahead_s = 0.0

    def __call__(self) -> float:
        return 1_000.0 + self.ahead_s


@pytest.fixture
def time(monkeypatch: pytest.MonkeyPatch) -> Moving:
    """The clock by which usage grows old."""
    moving = Moving()
    for module in (decision_tables, usage_refresh):
        monkeypatch.setattr(module, "monotonic", moving)
    return moving


@pytest.fixture
def owners(database: Database) -> Iterator[list[Owner]]:
    """Three merchants of one platform, with three products each by their counters."""
    platform = a_platform()
    shipped_tiers(platform)
    person = a_shop(platform).owner_id
    owners = [Owner(a_merchant(person), platform) for _ in range(3)]
    for owner in owners:
        a_subscription(owner, "essential")
        counter_is(owner, PRODUCTS, 3)
    yield owners
    tables().forget_all()
    tables().vouch(0.0)


@pytest.fixture
def kept(owners: list[Owner], time: Moving) -> DecisionTables:
    """Tables that have read all of them, and that somebody vouches for."""
    kept = DecisionTables(lambda: float("inf"))
    for owner in owners:
        assert used(kept, owner) == 3
    return kept


def used(kept: DecisionTables, owner: Owner, code: str = PRODUCTS) -> int:
    answer = kept.answer(owner, code)
    assert answer is not None
    return answer.current


def elsewhere(owner: Owner, units: int, code: str = PRODUCTS) -> None:
    """Change a counter as another process would."""
    with unit_of_work() as work:
        work.session.execute(
            update(UsageCounter)
            .where(UsageCounter.merchant_id == owner.merchant_id, UsageCounter.feature_code == code)
            .values(used=units)
        )


def test_it_reads_everyone_by_one_statement_and_then_nobody_reads_apart(
    kept: DecisionTables, owners: list[Owner], time: Moving
) -> None:
    elsewhere(owners[1], 8)
    time.ahead_s = 0.9
    with counted_statements() as statements:
        refresh_usage(kept)
    assert len(statements) == 1
    time.ahead_s = 1.8
    with counted_statements() as statements:
        assert [used(kept, owner) for owner in owners] == [3, 8, 3]
    assert statements == []


def test_it_leaves_usage_to_grow_old_where_nobody_reads_it_anew(
    kept: DecisionTables, owners: list[Owner], time: Moving
) -> None:
    elsewhere(owners[0], 8)
    time.ahead_s = 0.9
    assert used(kept, owners[0]) == 3
    time.ahead_s = 1.0
    assert used(kept, owners[0]) == 8


def test_it_notices_a_counter_that_was_begun_elsewhere(
    kept: DecisionTables, owners: list[Owner], time: Moving
) -> None:
    owner = owners[0]
    assert used(kept, owner, ORDERS) == 0
    start = kept.table(owner, with_usage=True).counted.windows.by_code[ORDERS].start
    with unit_of_work() as work:
        work.session.add(
            UsageCounter(**owner._asdict(), feature_code=ORDERS, window_start=start, used=4)
        )
    refresh_usage(kept)
    assert used(kept, owner, ORDERS) == 4
    assert used(kept, owner) == 3


def test_it_does_not_bring_back_what_was_read_before_a_change_of_this_process(
    kept: DecisionTables, owners: list[Owner], monkeypatch: pytest.MonkeyPatch
) -> None:
    read = usage_refresh._read

    def changed_meanwhile(session: Session, asked: usage_refresh.Asked) -> object:
        found = read(session, asked)
        change = Thread(target=elsewhere, args=(owners[0], 9))
        change.start()
        change.join()
        kept.forget_usage(owners[0])
        return found

    monkeypatch.setattr(usage_refresh, "_read", changed_meanwhile)
    refresh_usage(kept)
    assert used(kept, owners[0]) == 9


def test_it_lets_whoever_asks_count_again_where_a_counter_is_gone(
    kept: DecisionTables, owners: list[Owner], time: Moving
) -> None:
    with unit_of_work() as work:
        work.session.execute(
            delete(UsageCounter).where(UsageCounter.merchant_id == owners[0].merchant_id)
        )
    time.ahead_s = 0.9
    refresh_usage(kept)
    time.ahead_s = 1.8
    assert [used(kept, owner) for owner in owners] == [0, 3, 3]


def test_it_lets_whoever_asks_find_the_new_window_when_one_is_over(
    kept: DecisionTables, owners: list[Owner], time: Moving, monkeypatch: pytest.MonkeyPatch
) -> None:
    later = business_now() + timedelta(days=40)
    monkeypatch.setattr(usage_refresh, "business_now", lambda: later)
    with counted_statements() as statements:
        refresh_usage(kept)
    assert statements == []
    time.ahead_s = 1.0
    with counted_statements() as statements:
        assert used(kept, owners[0]) == 3
    assert "usage_counters" in statements[0]


def test_it_lets_whoever_asks_try_again_where_a_module_failed_to_count(
    owners: list[Owner], time: Moving, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept, owner = DecisionTables(lambda: float("inf")), owners[0]
    with monkeypatch.context() as broken:
        broken.setattr(
            "app.modules.catalog.features.CatalogFeatures.count_true_usage", lambda *_: 1 / 0
        )
        broken.setattr(
            "app.modules.orders.features.OrderFeatures.count_true_usage", lambda *_: 1 / 0
        )
        answer = kept.answer(owner, ORDERS)
        assert answer is not None
        assert answer.reason is Reason.USAGE_UNAVAILABLE
    time.ahead_s = 0.9
    refresh_usage(kept)
    time.ahead_s = 1.8
    answer = kept.answer(owner, ORDERS)
    assert answer is not None
    assert answer.reason is Reason.OK


class Mailboxes:
    """Tells how many mailboxes a merchant has, and counts how often it was asked."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.used: int | None = 2
        self.asked = 0
        monkeypatch.setattr(BillingFeatures, "get_current_usage", self.tell)

    def tell(self, *_given: object) -> dict[str, int]:
        self.asked += 1
        if self.used is None:
            raise ConnectionError
        return {MAILBOXES: self.used}


def test_it_lets_modules_tell_what_has_no_counter(
    owners: list[Owner], time: Moving, monkeypatch: pytest.MonkeyPatch
) -> None:
    mailboxes = Mailboxes(monkeypatch)
    kept = DecisionTables(lambda: float("inf"))
    assert used(kept, owners[0], MAILBOXES) == 2
    mailboxes.used = 5
    time.ahead_s = 0.9
    refresh_usage(kept)
    time.ahead_s = 1.8
    assert used(kept, owners[0], MAILBOXES) == 5
    assert mailboxes.asked == 2


def test_it_believes_a_module_that_can_tell_again(
    owners: list[Owner], time: Moving, monkeypatch: pytest.MonkeyPatch
) -> None:
    mailboxes = Mailboxes(monkeypatch)
    an_override(owners[0], MAILBOXES, 10)
    kept = DecisionTables(lambda: float("inf"))
    reasons = []
    for usage in (0, None, 0):
        mailboxes.used = usage
        kept.answer(owners[0], MAILBOXES)
        refresh_usage(kept)
        answer = kept.answer(owners[0], MAILBOXES)
        assert answer is not None
        reasons.append(answer.reason)
    assert reasons == [Reason.OK, Reason.USAGE_UNAVAILABLE, Reason.OK]


def test_it_lets_modules_tell_no_longer_than_time_allows(
    owners: list[Owner], time: Moving, monkeypatch: pytest.MonkeyPatch
) -> None:
    mailboxes = Mailboxes(monkeypatch)
    kept = DecisionTables(lambda: float("inf"))
    for owner in owners:
        used(kept, owner)
    monkeypatch.setattr(usage_refresh, "TELLING_S", 0.0)
    refresh_usage(kept)
    assert mailboxes.asked == 3


def test_it_stops_reading_for_whom_nobody_asked_within_a_minute(
    kept: DecisionTables, owners: list[Owner], time: Moving
) -> None:
    time.ahead_s = 30.0
    used(kept, owners[2])
    time.ahead_s = 60.0
    assert kept.asked() == [owners[2]]


def test_it_reads_no_more_merchants_than_it_can(
    owners: list[Owner], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(decision_tables, "MAX_ASKED", 2)
    kept = DecisionTables(lambda: float("inf"))
    for owner in owners:
        used(kept, owner)
    assert kept.asked() == owners[:2]


def test_a_reservation_teaches_the_process_what_the_merchant_has(owners: list[Owner]) -> None:
    tables().forget_all()
    with unit_of_work() as work:
        gate().record(work, owners[0], {PRODUCTS: 1})
    tables().vouch(monotonic() + 60)
    with unit_of_work() as work, counted_statements() as statements:
        gate().reserve(work, owners[0], {PRODUCTS: 1})
    assert len(statements) == 1


def test_a_reservation_that_is_rolled_back_teaches_nothing(owners: list[Owner]) -> None:
    tables().forget_all()

    def reserve_and_fail(work: UnitOfWork) -> None:
        gate().reserve(work, owners[0], {PRODUCTS: 1})
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError), unit_of_work() as work:
        reserve_and_fail(work)
    assert tables().known(owners[0]) is None
