"""What happens to a merchant's products and orders."""

from hypothesis import strategies as st
from hypothesis.stateful import rule

from app.contracts.tenants import StoreRef
from app.modules.catalog.services.create_product import create_product
from app.modules.catalog.services.delete_product import delete_product
from app.modules.catalog.services.import_products import import_products
from app.modules.catalog.services.restore_product import restore_product
from app.modules.catalog.services.update_product import update_product
from app.modules.orders.models import OrderStatus
from app.modules.orders.services.create_order import create_order
from app.modules.orders.services.record_inbound_order import record_inbound_order
from app.modules.orders.services.update_status import update_status
from tests.factories.catalog import a_draft
from tests.factories.orders import an_order_draft
from tests.integration.limits.life import Life, refused, undone, which

Found = tuple[StoreRef, int]


class Goods(Life):
    """Every write of products and orders."""

    def __init__(self) -> None:
        super().__init__()
        self.products: list[Found] = []
        self.orders: list[Found] = []

    @rule(place=which, undo=undone)
    def create_a_product(self, place: int, undo: bool) -> None:
        store = self.store(place)
        with self.attempt(undo) as work:
            product = create_product(work, store, draft=a_draft())
            work.after_commit(lambda: self.products.append((store, product.id)))

    @rule(place=which, rows=st.integers(min_value=1, max_value=8))
    def import_some_products(self, place: int, rows: int) -> None:
        lines = "".join(f"import-{next(self.numbers)},Name,1\n" for _ in range(rows))
        with refused():
            import_products(self.store(place), content=f"sku,name,price\n{lines}".encode())

    @rule(chosen=which, undo=undone)
    def delete_a_product(self, chosen: int, undo: bool) -> None:
        for store, product_id in self._picked(self.products, chosen):
            with self.attempt(undo) as work:
                delete_product(work, store, product_id, expected=None)

    @rule(chosen=which, undo=undone)
    def restore_a_product(self, chosen: int, undo: bool) -> None:
        for store, product_id in self._picked(self.products, chosen):
            with self.attempt(undo) as work:
                restore_product(work, store, product_id)

    @rule(chosen=which, is_active=st.booleans())
    def put_a_product_on_sale_or_not(self, chosen: int, is_active: bool) -> None:
        changes = {"is_active": is_active}
        for store, product_id in self._picked(self.products, chosen):
            with self.attempt(False) as work:
                update_product(work, store, product_id, changes=changes, expected=None)

    @rule(place=which, undo=undone)
    def write_an_order_down(self, place: int, undo: bool) -> None:
        store = self.store(place)
        with self.attempt(undo) as work:
            order = create_order(work, store, draft=an_order_draft())
            work.after_commit(lambda: self.orders.append((store, order.id)))

    @rule(place=which, name=st.integers(min_value=1, max_value=5))
    def take_an_order_in(self, place: int, name: int) -> None:
        taken = record_inbound_order(
            self.store(place), external_id=f"web-{name}", draft=an_order_draft()
        )
        self.unrefusable["max_orders_per_month"] += taken.is_new

    @rule(chosen=which, undo=undone)
    def cancel_an_order(self, chosen: int, undo: bool) -> None:
        for store, order_id in self._picked(self.orders, chosen):
            with self.attempt(undo) as work:
                update_status(work, store, order_id, status=OrderStatus.CANCELLED, expected=None)

    @staticmethod
    def _picked(among: list[Found], chosen: int) -> list[Found]:
        return [among[chosen % len(among)]] if among else []
