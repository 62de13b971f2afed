"""Reading a store's orders."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from app.contracts.tenants import StoreRef
from app.kit.pagination import Page, PageRequest, Sorting, paginate
from app.modules.orders.exceptions import OrderNotFound
from app.modules.orders.models import Order, OrderSource, OrderStatus

SORTING = Sorting(
    {
        "number": Order.number,
        "created_at": Order.created_at,
        "total": Order.total_cents,
        "customer": Order.customer_name,
    },
    tie=Order.id,
    default="-number",
)


@dataclass(frozen=True)
class OrderFilters:
    """What a list of orders is narrowed to; `search` begins a name or mail, or is the number."""

    search: str | None = None
    status: OrderStatus | None = None
    source: OrderSource | None = None
    accepted_while_restricted: bool | None = None


def list_orders(
    session: Session, store: StoreRef, *, filters: OrderFilters, request: PageRequest
) -> Page[Order]:
    """Return a page of a store's orders."""
    rows = _searched(_of(store), filters.search)
    if filters.status is not None:
        rows = rows.where(Order.status == filters.status)
    if filters.source is not None:
        rows = rows.where(Order.source == filters.source)
    if filters.accepted_while_restricted is not None:
        rows = rows.where(Order.accepted_while_restricted.is_(filters.accepted_while_restricted))
    given = {"store": store.id, "filters": repr(filters)}
    return paginate(session, rows, sorting=SORTING, request=request, filters=given)


def get_order(session: Session, store: StoreRef, order_id: int) -> Order:
    """Return one order of a store. Raises OrderNotFound."""
    order = session.scalars(_of(store).where(Order.id == order_id)).first()
    if order is None:
        raise OrderNotFound
    return order


def find_by_external_id(session: Session, store: StoreRef, external_id: str) -> Order | None:
    """Return the inbound order that its sender calls so."""
    return session.scalars(_of(store).where(Order.external_id == external_id)).first()


def orders_after(
    session: Session, store: StoreRef, *, after_id: int, count: int
) -> Sequence[Order]:
    """Return the next `count` orders, by id."""
    rows = _of(store).where(Order.id > after_id).order_by(Order.id).limit(count)
    return session.scalars(rows).all()


def _searched(rows: Select[Order], search: str | None) -> Select[Order]:
    text = (search or "").strip()
    if not text:
        return rows
    fits = [
        Order.customer_name.istartswith(text, autoescape=True),
        Order.customer_email.istartswith(text, autoescape=True),
    ]
    if text.isascii() and text.isdigit() and len(text) < 19:
        fits.append(Order.number == int(text))
    return rows.where(or_(*fits))


def _of(store: StoreRef) -> Select[Order]:
    return select(Order).where(
        Order.merchant_id == store.owner.merchant_id, Order.store_id == store.id
    )
