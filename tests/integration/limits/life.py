"""The life of one merchant, step by step; what every step must leave true (D16)."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import ClassVar

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from app.contracts.tenants import StoreRef
from app.kit.clocks import Clocks, SettableClock, clocks, configure_clocks
from app.kit.db import UnitOfWork, unit_of_work
from app.kit.errors import AppError
from app.modules.billing.models import MerchantSubscription
from app.modules.billing.services.actor import Actor
from app.modules.billing.services.overrides import OverrideWish, write_overrides
from tests.factories.billing import a_subscription, an_override
from tests.factories.catalog import store_of
from tests.factories.tenancy import a_shop, a_super_admin
from tests.factories.usage import usage_of

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
LIMITS = {"max_products": 6, "max_orders_per_month": 4, "max_team_members": 3, "max_stores": 3}
which = st.integers(min_value=0, max_value=99)
undone = st.booleans()


class Undone(Exception):
    """Something after the write went wrong, so that the transaction is rolled back."""


@contextmanager
def refused() -> Iterator[None]:
    """Let a write be refused by name, or be undone."""
    try:
        yield
    except (AppError, Undone):
        return


class Life(RuleBasedStateMachine):
    """One merchant at small limits, in time that moves when told."""

    platform_id: ClassVar[int]
    numbers = count(1)

    def __init__(self) -> None:
        super().__init__()
        self._real_clocks = clocks()
        self.clock = SettableClock(NOW)
        configure_clocks(Clocks(system=self.clock))
        shop = a_shop(self.platform_id)
        self.owner, self.owner_id = shop.owner, shop.owner_id
        self.stores: list[StoreRef] = [store_of(shop)]
        self.subscription_id = a_subscription(self.owner, "essential")
        self.limits = dict(LIMITS)
        for code, limit in LIMITS.items():
            an_override(self.owner, code, limit)
        an_override(self.owner, "bulk_import", None)
        self.used_before = Counter[str]()
        self.unrefusable = Counter[str]()
        a_super_admin(f"root{next(self.numbers)}.{self.owner_id}@example.test")

    def teardown(self) -> None:
        configure_clocks(self._real_clocks)

    @rule(days=st.integers(min_value=1, max_value=20))
    def time_passes(self, days: int) -> None:
        self.clock.advance(timedelta(days=days))

    @rule(code=st.sampled_from(sorted(LIMITS)), limit=st.integers(min_value=0, max_value=7))
    def an_operator_sets_another_limit(self, code: str, limit: int) -> None:
        wish = OverrideWish(code, limit, reason="test")
        with unit_of_work() as work:
            subscription = work.session.get_one(MerchantSubscription, self.subscription_id)
            write_overrides(work, subscription, wishes=[wish], actor=Actor("user:1"))
        self.limits[code] = limit

    @invariant()
    def counters_are_true_and_nothing_grows_above_its_limit(self) -> None:
        usage = usage_of(self.owner, LIMITS)
        for code, (counter, true_count) in usage.items():
            assert counter in {None, true_count}, code  # None: not begun in this window
            allowed = max(self.limits[code], self.used_before[code]) + self.unrefusable[code]
            assert true_count <= allowed, code
        self.used_before = Counter({code: one.true_count for code, one in usage.items()})
        self.unrefusable.clear()

    @contextmanager
    def attempt(self, undo: bool) -> Iterator[UnitOfWork]:
        """A transaction that may be refused, or undone at its end."""
        with refused(), unit_of_work() as work:
            yield work
            if undo:
                raise Undone

    def store(self, chosen: int) -> StoreRef:
        """One of the merchant's stores, deleted ones too."""
        return self.stores[chosen % len(self.stores)]
