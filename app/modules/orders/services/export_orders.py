"""All orders of a store as CSV, in constant memory."""

from collections.abc import Iterator

from app.contracts.features import gate
from app.contracts.tenants import StoreRef
from app.kit.csv_text import BOM, csv_text
from app.kit.db import unit_of_work
from app.kit.money import Money
from app.modules.orders.models import Order
from app.modules.orders.repositories.orders import orders_after
from app.modules.orders.services.order_draft import ORDER_EXPORT

ROWS_AT_ONCE = 1_000
COLUMNS = (
    "number",
    "created_at",
    "status",
    "source",
    "external_id",
    "customer_name",
    "customer_email",
    "items",
    "total",
    "currency",
)


def export_orders(store: StoreRef) -> Iterator[str]:
    """Return the file piece by piece; free while no subscription runs (D11).

    Each piece has a unit of work of its own, so that a slow reader holds no transaction open.
    Raises FeatureNotAvailable.
    """
    gate().require(store.owner, ORDER_EXPORT, open_when_restricted=True)
    return _pieces(store)


def _pieces(store: StoreRef) -> Iterator[str]:
    yield BOM + csv_text([COLUMNS])
    last_id = 0
    while True:
        with unit_of_work(read_only=True) as work:
            some = orders_after(work.session, store, after_id=last_id, count=ROWS_AT_ONCE)
        if not some:
            return
        yield csv_text(_row(order) for order in some)
        last_id = some[-1].id


def _row(order: Order) -> tuple[str | int, ...]:
    return (
        order.number,
        order.created_at.isoformat(timespec="seconds").replace("+00:00", "Z"),
        order.status,
        order.source,
        order.external_id or "",
        order.customer_name,
        order.customer_email,
        sum(line["quantity"] for line in order.lines),
        str(Money(order.total_cents, order.currency).amount),
        order.currency,
    )
