"""What an order is to be, and the rules that hold for every one of them."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from app.contracts.tenants import StoreRef
from app.kit.clocks import business_now
from app.kit.errors import InvalidInput
from app.kit.money import MAX_CENTS
from app.modules.orders.models import Order, OrderSource

MAX_ORDERS_PER_MONTH = "max_orders_per_month"
ORDER_EXPORT = "order_export"


@dataclass(frozen=True, slots=True)
class OrderLine:
    """So many of one thing, each at a price in minor units."""

    name: str
    quantity: int
    unit_price_cents: int
    sku: str | None = None


@dataclass(frozen=True, slots=True)
class OrderDraft:
    """An order to be; without a currency it takes the platform's."""

    customer_name: str
    customer_email: str
    lines: tuple[OrderLine, ...]
    currency: str | None = None


def new_order(store: StoreRef, draft: OrderDraft, *, source: OrderSource, number: int) -> Order:
    """Return an order of a store that is not written yet. Raises InvalidInput."""
    if draft.currency is not None and draft.currency != store.currency:
        raise InvalidInput.at("/currency", "order_currency", currency=store.currency)
    return Order(
        merchant_id=store.owner.merchant_id,
        platform_id=store.owner.platform_id,
        store_id=store.id,
        number=number,
        source=source,
        customer_name=draft.customer_name,
        customer_email=draft.customer_email,
        lines=[asdict(line) for line in draft.lines],
        total_cents=total_of(draft.lines),
        currency=store.currency,
        created_at=business_now(),
    )


def total_of(lines: Sequence[OrderLine]) -> int:
    """Add the lines up, in minor units. Raises InvalidInput beyond what scripts read exactly."""
    total = sum(line.quantity * line.unit_price_cents for line in lines)
    if total > MAX_CENTS:
        raise InvalidInput.at("/lines", "order_total_too_large")
    return total
