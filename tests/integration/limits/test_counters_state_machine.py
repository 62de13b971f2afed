"""Every write of products and orders in any order, some undone: counters stay true (D16)."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import count
from typing import ClassVar

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    rule,
    run_state_machine_as_test,
)

from app.contracts.tenants import AdminScope, StoreRef
from app.kit.db import Database, UnitOfWork, unit_of_work
from app.kit.errors import AppError
from app.modules.catalog.services.create_product import create_product
from app.modules.catalog.services.delete_product import delete_product
from app.modules.catalog.services.import_products import import_products
from app.modules.catalog.services.restore_product import restore_product
from app.modules.catalog.services.update_product import update_product
from app.modules.orders.models import OrderStatus
from app.modules.orders.services.create_order import create_order
from app.modules.orders.services.record_inbound_order import record_inbound_order
from app.modules.orders.services.update_status import update_status
from app.modules.tenancy.models import UserType
from app.modules.tenancy.services.identity import Identity
from app.modules.tenancy.services.manage_stores import delete_store, restore_store
from app.modules.tenancy.services.operator import Operator
from tests.factories.billing import a_subscription, an_override, shipped_tiers
from tests.factories.catalog import a_draft, store_of
from tests.factories.orders import an_order_draft
from tests.factories.tenancy import a_platform, a_shop, a_store
from tests.factories.usage import usage_of

PRODUCTS, ORDERS = "max_products", "max_orders_per_month"
LIMITS = {PRODUCTS: 6, ORDERS: 4}
OPERATOR = Operator(
    Identity(actor="user:1", user_id=1, user_type=UserType.SUPER_ADMIN),
    AdminScope(platform_ids=None),
    request_id="request",
)
which = st.integers(min_value=0, max_value=99)
stores = st.integers(min_value=0, max_value=1)
undone = st.booleans()


class Undone(Exception):
    """Something after the write went wrong, so that the transaction is rolled back."""


class Shops(RuleBasedStateMachine):
    """One merchant with two stores, at small limits."""

    platform_id: ClassVar[int]
    numbers = count(1)

    def __init__(self) -> None:
        super().__init__()
        first = a_shop(self.platform_id)
        second_id, second_code = a_store(first.merchant_id, first.platform_id)
        second = replace(first, store_id=second_id, store_code=second_code)
        self.owner = first.owner
        self.stores: list[StoreRef] = [store_of(first), store_of(second)]
        a_subscription(self.owner, "essential")
        for code, limit in LIMITS.items():
            an_override(self.owner, code, limit)
        an_override(self.owner, "bulk_import", None)
        self.products: list[tuple[StoreRef, int]] = []
        self.orders: list[tuple[StoreRef, int]] = []
        self.deleted_stores: set[int] = set()
        self.inbound = 0

    @rule(place=stores, undo=undone)
    def create_a_product(self, place: int, undo: bool) -> None:
        store = self.stores[place]
        if store.id in self.deleted_stores:
            return
        with self.attempt(undo) as work:
            product = create_product(work, store, draft=a_draft())
            self.keep(work, self.products, (store, product.id))

    @rule(place=stores, rows=st.integers(min_value=1, max_value=8))
    def import_some_products(self, place: int, rows: int) -> None:
        if self.stores[place].id in self.deleted_stores:
            return
        lines = "".join(f"import-{next(self.numbers)},Name,1\n" for _ in range(rows))
        with refused():
            import_products(self.stores[place], content=f"sku,name,price\n{lines}".encode())

    @rule(chosen=which, undo=undone)
    def delete_a_product(self, chosen: int, undo: bool) -> None:
        if self.products:
            store, product_id = self.products[chosen % len(self.products)]
            with self.attempt(undo) as work:
                delete_product(work, store, product_id, expected=None)

    @rule(chosen=which, undo=undone)
    def restore_a_product(self, chosen: int, undo: bool) -> None:
        if self.products:
            store, product_id = self.products[chosen % len(self.products)]
            if store.id not in self.deleted_stores:
                with self.attempt(undo) as work:
                    restore_product(work, store, product_id)

    @rule(chosen=which, is_active=st.booleans())
    def put_a_product_on_sale_or_not(self, chosen: int, is_active: bool) -> None:
        if self.products:
            store, product_id = self.products[chosen % len(self.products)]
            with self.attempt(False) as work:
                update_product(
                    work, store, product_id, changes={"is_active": is_active}, expected=None
                )

    @rule(place=stores, undo=undone)
    def delete_a_store(self, place: int, undo: bool) -> None:
        store = self.stores[place]
        with self.attempt(undo) as work:
            delete_store(work, OPERATOR, store.id)
            work.after_commit(lambda: self.deleted_stores.add(store.id))

    @rule(place=stores, undo=undone)
    def restore_a_store(self, place: int, undo: bool) -> None:
        store = self.stores[place]
        with self.attempt(undo) as work:
            restore_store(work, OPERATOR, store.id)
            work.after_commit(lambda: self.deleted_stores.discard(store.id))

    @rule(place=stores, undo=undone)
    def write_an_order_down(self, place: int, undo: bool) -> None:
        with self.attempt(undo) as work:
            order = create_order(work, self.stores[place], draft=an_order_draft())
            self.keep(work, self.orders, (self.stores[place], order.id))

    @rule(place=stores, name=st.integers(min_value=1, max_value=5))
    def take_an_order_in(self, place: int, name: int) -> None:
        taken = record_inbound_order(
            self.stores[place], external_id=f"web-{name}", draft=an_order_draft()
        )
        self.inbound += taken.is_new

    @rule(chosen=which, undo=undone)
    def cancel_an_order(self, chosen: int, undo: bool) -> None:
        if self.orders:
            store, order_id = self.orders[chosen % len(self.orders)]
            with self.attempt(undo) as work:
                update_status(work, store, order_id, status=OrderStatus.CANCELLED, expected=None)

    @invariant()
    def counters_are_true_and_no_limit_is_passed(self) -> None:
        usage = usage_of(self.owner, LIMITS)
        for counter, true_count in usage.values():
            assert (counter or 0) == true_count
        assert usage[PRODUCTS].true_count <= LIMITS[PRODUCTS]
        assert usage[ORDERS].true_count <= LIMITS[ORDERS] + self.inbound

    @contextmanager
    def attempt(self, undo: bool) -> Iterator[UnitOfWork]:
        """A transaction that may be refused, or undone at its end."""
        with refused(), unit_of_work() as work:
            yield work
            if undo:
                raise Undone

    @staticmethod
    def keep(
        work: UnitOfWork, among: list[tuple[StoreRef, int]], row: tuple[StoreRef, int]
    ) -> None:
        """Remember a row once it is on disk."""
        work.after_commit(lambda: among.append(row))


@contextmanager
def refused() -> Iterator[None]:
    """Let a write be refused by name, or be undone."""
    try:
        yield
    except (AppError, Undone):
        return


def test_it_keeps_counters_true_whatever_is_written_and_undone(
    database: Database, proof_size: Callable[..., int]
) -> None:
    Shops.platform_id = a_platform()
    shipped_tiers(Shops.platform_id)
    run_state_machine_as_test(
        Shops,
        settings=settings(
            max_examples=proof_size("lives of a merchant", reduced=8, full=400),
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=[HealthCheck.too_slow],
        ),
    )
