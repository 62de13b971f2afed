"""A store's orders."""

from typing import Annotated

from fastapi import Depends, Response
from starlette.responses import StreamingResponse

from app.kit.db import unit_of_work
from app.kit.http.etags import ExpectedVersion, set_etag
from app.kit.http.fields import Id
from app.kit.http.idempotency import idempotent
from app.kit.http.paging import PageOut, Paging, Search
from app.kit.http.router import api_router
from app.modules.orders.models import OrderSource, OrderStatus
from app.modules.orders.permissions import MANAGE_ORDERS, VIEW_ORDERS
from app.modules.orders.repositories import orders
from app.modules.orders.repositories.orders import OrderFilters
from app.modules.orders.routes.order_bodies import draft_of
from app.modules.orders.schemas.order import OrderIn, OrderOut, StatusIn
from app.modules.orders.services.create_order import create_order
from app.modules.orders.services.export_orders import export_orders
from app.modules.orders.services.update_status import update_status
from app.modules.tenancy.public import StoreVisit, in_store

router = api_router("/store/orders", "Store orders")
Viewing = Annotated[StoreVisit, Depends(in_store(VIEW_ORDERS))]
Managing = Annotated[StoreVisit, Depends(in_store(MANAGE_ORDERS))]


def order_filters(
    search: Search = None,
    status: OrderStatus | None = None,
    source: OrderSource | None = None,
    accepted_while_restricted: bool | None = None,
) -> OrderFilters:
    """Return what the list is narrowed to."""
    return OrderFilters(search, status, source, accepted_while_restricted)


@router.get("")
def get_orders(
    visit: Viewing, paging: Paging, filters: Annotated[OrderFilters, Depends(order_filters)]
) -> PageOut[OrderOut]:
    """The store's orders; `search` begins a customer's name or mail, or is an order's number;
    sorts: number, created_at, total, customer."""
    with unit_of_work(read_only=True) as work:
        page = orders.list_orders(work.session, visit.store, filters=filters, request=paging)
        return PageOut[OrderOut].of(page.map(OrderOut.of))


@router.post("", status_code=201)
@idempotent
def post_order(body: OrderIn, visit: Managing, response: Response) -> OrderOut:
    """Write an order down; takes one unit of the merchant's `max_orders_per_month`."""
    with unit_of_work() as work:
        order = create_order(work, visit.store, draft=draft_of(body))
        set_etag(response, order.version)
        return OrderOut.of(order)


@router.get("/export.csv", response_class=StreamingResponse)
def get_export(visit: Viewing) -> StreamingResponse:
    """All orders of the store; needs `order_export`, and is free while no subscription runs."""
    return StreamingResponse(
        export_orders(visit.store),
        media_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="orders-{visit.store.code}.csv"'},
    )


@router.get("/{order_id}")
def get_order(order_id: Id, visit: Viewing, response: Response) -> OrderOut:
    """One order."""
    with unit_of_work(read_only=True) as work:
        order = orders.get_order(work.session, visit.store, order_id)
        set_etag(response, order.version)
        return OrderOut.of(order)


@router.patch("/{order_id}")
def patch_order(
    order_id: Id, body: StatusIn, visit: Managing, expected: ExpectedVersion, response: Response
) -> OrderOut:
    """Give an order its next status: new, then paid, then shipped; or cancelled before that."""
    with unit_of_work() as work:
        order = update_status(work, visit.store, order_id, status=body.status, expected=expected)
        set_etag(response, order.version)
        return OrderOut.of(order)
