"""Decision tables: look-ups without statements, swapped whole, shared, dropped, never stale."""

import gc
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from threading import Thread
from time import monotonic
from typing import Any

import pytest

from app.contracts.features import Access, gate
from app.contracts.tenants import Owner
from app.kit.clocks import Clocks, SettableClock, clocks, configure_clocks
from app.kit.db import Database
from app.modules.billing.models import SubscriptionStatus
from app.modules.billing.services import decision_tables
from app.modules.billing.services.decision_tables import DecisionTables
from app.modules.billing.services.load_entitlements import Loaded, load_entitlements
from app.modules.billing.services.tables import tables
from tests.factories.billing import a_subscription, a_tier_limit, an_override, shipped_tiers
from tests.factories.tenancy import AShop, a_merchant, a_platform, a_shop
from tests.factories.usage import counter_is
from tests.integration.queries import counted_statements

PRODUCTS, IMPORT = "max_products", "bulk_import"


@pytest.fixture
def shop(database: Database) -> Iterator[AShop]:
    """A merchant whose table nobody has read yet."""
    shop = a_shop()
    shipped_tiers(shop.platform_id)
    a_subscription(shop.owner, "essential")
    tables().forget_all()
    yield shop
    tables().vouch(0.0)


class Time:
    """Both clocks, standing still until told."""

    def __init__(self) -> None:
        self.clock = SettableClock(datetime(2026, 3, 1, tzinfo=UTC))

    def monotonic(self) -> float:
        return self.clock.at.timestamp()

    def advance(self, step: timedelta) -> None:
        self.clock.advance(step)


@pytest.fixture
def time(monkeypatch: pytest.MonkeyPatch) -> Iterator[Time]:
    """Time that the tables and business share."""
    before, time = clocks(), Time()
    configure_clocks(Clocks(time.clock))
    monkeypatch.setattr(decision_tables, "monotonic", time.monotonic)
    yield time
    configure_clocks(before)


def trusting(*, max_tables: int = 100) -> DecisionTables:
    """Tables that somebody vouches for all the time."""
    return DecisionTables(lambda: float("inf"), max_tables=max_tables)


def some_owners(number: int) -> list[Owner]:
    """Merchants of one platform on the same tier."""
    platform = a_platform()
    shipped_tiers(platform)
    person = a_shop(platform).owner_id
    owners = [Owner(a_merchant(person), platform) for _ in range(number)]
    for owner in owners:
        a_subscription(owner, "essential")
    return owners


def test_it_answers_without_a_statement_once_a_table_is_read(shop: AShop) -> None:
    tables().vouch(monotonic() + 60)
    first = gate().check(shop.owner, PRODUCTS)
    with counted_statements() as statements:
        assert gate().check(shop.owner, PRODUCTS) is first
        assert not gate().check(shop.owner, IMPORT).allowed
        gate().require(shop.owner, PRODUCTS)
        assert gate().access(shop.owner) is Access.FULL
    assert statements == []


def test_it_asks_what_changed_by_one_statement_when_nobody_vouches(shop: AShop) -> None:
    gate().check(shop.owner, PRODUCTS)
    tables().vouch(0.0)
    with counted_statements() as statements:
        gate().check(shop.owner, PRODUCTS)
    assert len(statements) == 1
    assert "entitlement_epochs" in statements[0]


def test_it_believes_usage_for_a_second_and_limits_for_longer(shop: AShop, time: Time) -> None:
    kept = trusting()
    before = kept.table(shop.owner, with_usage=True)
    time.advance(timedelta(seconds=0.999))
    assert kept.table(shop.owner, with_usage=True) is before
    time.advance(timedelta(seconds=0.001))
    assert kept.table(shop.owner, with_usage=False) is before
    assert kept.table(shop.owner, with_usage=True) is not before


def test_it_closes_at_the_very_instant_at_which_a_local_trial_ends(
    database: Database, time: Time
) -> None:
    shop = a_shop()
    shipped_tiers(shop.platform_id)
    ends_at = time.clock.at + timedelta(days=2)
    a_subscription(shop.owner, status=SubscriptionStatus.TRIAL, trial_ends_at=ends_at)
    kept = trusting()
    before = kept.table(shop.owner, with_usage=False)
    time.advance(timedelta(days=2, milliseconds=-1))
    assert kept.table(shop.owner, with_usage=False) is before
    assert before.loaded.entitlements.access is Access.FULL
    time.advance(timedelta(milliseconds=1))
    after = kept.table(shop.owner, with_usage=False)
    assert after.loaded.entitlements.access is Access.RESTRICTED


def test_it_returns_to_the_tier_at_the_instant_an_override_ends(shop: AShop, time: Time) -> None:
    ends_at = time.clock.at + timedelta(hours=1)
    an_override(shop.owner, PRODUCTS, 500, expires_at=ends_at)
    kept = trusting()
    limits = []
    for step in (timedelta(), timedelta(minutes=59, seconds=59), timedelta(seconds=1)):
        time.advance(step)
        answer = kept.answer(shop.owner, PRODUCTS)
        assert answer is not None
        limits.append(answer.limit)
    assert limits == [500, 500, 200]


class Interrupted:
    """Loads entitlements and lets a change come between reading and keeping, once."""

    def __init__(self, change: Thread) -> None:
        self.change: Thread | None = change

    def __call__(self, session: Any, owner: Owner) -> Loaded:
        loaded = load_entitlements(session, owner)
        if self.change is not None:
            change, self.change = self.change, None
            change.start()
            change.join()
        return loaded


def test_it_does_not_keep_a_reading_that_began_before_a_change(
    shop: AShop, monkeypatch: pytest.MonkeyPatch
) -> None:
    change = Thread(target=a_tier_limit, args=(shop.platform_id, "essential", PRODUCTS, 777))
    monkeypatch.setattr(decision_tables, "load_committed", Interrupted(change))
    tables().vouch(monotonic() + 60)
    assert gate().check(shop.owner, PRODUCTS).limit == 200  # it was asked before the change
    assert gate().check(shop.owner, PRODUCTS).limit == 777


class Contested(dict[Owner, Any]):
    """Older tables; while one is looked up, another thread tries to drop it."""

    def __init__(self, kept: DecisionTables, owner: Owner) -> None:
        super().__init__(kept._recent)
        self.dropping = Thread(target=kept.forget, args=(owner.platform_id, owner.merchant_id))

    def get(self, owner: Owner, default: Any = None) -> Any:
        found = super().get(owner, default)
        self.dropping.start()
        self.dropping.join(timeout=0.05)
        return found


def test_it_does_not_bring_back_a_table_that_is_being_dropped(shop: AShop) -> None:
    kept = trusting()
    kept.table(shop.owner, with_usage=False)
    contested = Contested(kept, shop.owner)
    kept._older, kept._recent = contested, {}
    assert kept.known(shop.owner) is not None
    contested.dropping.join()
    assert kept._recent == {}


def test_it_drops_the_least_recently_used(database: Database) -> None:
    owners = some_owners(5)
    kept = trusting(max_tables=4)
    for owner in owners:
        kept.table(owner, with_usage=False)
        kept.table(owners[0], with_usage=False)  # always in use
    assert len({*kept._recent, *kept._older}) <= 4
    with counted_statements() as statements:
        kept.table(owners[0], with_usage=False)
        kept.table(owners[4], with_usage=False)
    assert statements == []
    assert kept.known(owners[1]) is None


def test_it_keeps_equal_content_once_and_only_while_it_is_used(database: Database) -> None:
    first, second, third = some_owners(3)
    an_override(third, PRODUCTS, 5)
    kept = trusting()
    one, two, other = (kept.table(owner, with_usage=True) for owner in (first, second, third))
    assert one.shared is two.shared
    assert one.loaded.entitlements is two.loaded.entitlements
    assert other.shared is not one.shared
    assert len(kept._shared) == 2
    kept.forget(third.platform_id, third.merchant_id)
    del other
    gc.collect()
    assert len(kept._shared) == 1


def test_it_drops_one_merchant_or_a_whole_platform(database: Database) -> None:
    first, second = some_owners(2)
    (elsewhere,) = some_owners(1)
    kept = trusting()
    for owner in (first, second, elsewhere):
        kept.table(owner, with_usage=False)
    kept.forget(first.platform_id, first.merchant_id)
    assert [kept.known(one) is None for one in (first, second, elsewhere)] == [True, False, False]
    kept.forget(first.platform_id, 0)
    assert [kept.known(one) is None for one in (first, second, elsewhere)] == [True, True, False]


def test_it_keeps_the_limits_when_only_usage_changed(shop: AShop) -> None:
    counter_is(shop.owner, PRODUCTS, 3)
    tables().vouch(monotonic() + 60)
    assert gate().check(shop.owner, PRODUCTS).current == 3
    counter_is(shop.owner, PRODUCTS, 4)
    with counted_statements() as statements:
        assert gate().access(shop.owner) is Access.FULL
    assert statements == []
    assert gate().check(shop.owner, PRODUCTS).current == 4


def test_it_reads_limits_alone_where_only_they_changed(database: Database, time: Time) -> None:
    (owner,) = some_owners(1)
    kept = trusting()
    kept.table(owner, with_usage=True)
    with counted_statements() as whole:
        kept.forget_all()
        kept.table(owner, with_usage=True)
    an_override(owner, PRODUCTS, 7)
    kept.forget(owner.platform_id, owner.merchant_id)
    with counted_statements() as limits:
        assert kept.answer(owner, PRODUCTS).limit == 7
    assert len(limits) < len(whole)


def test_it_reads_usage_too_where_it_changed_with_the_limits(
    database: Database, time: Time
) -> None:
    (owner,) = some_owners(1)
    kept = trusting()
    assert kept.answer(owner, PRODUCTS).current == 0
    an_override(owner, PRODUCTS, 7)
    kept.forget(owner.platform_id, owner.merchant_id)
    counter_is(owner, PRODUCTS, 3)
    kept.forget_usage(owner)
    answer = kept.answer(owner, PRODUCTS)
    assert (answer.limit, answer.current) == (7, 3)
