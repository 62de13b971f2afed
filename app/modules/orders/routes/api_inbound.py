"""Where shops and marketplaces send orders."""

from typing import Annotated

from fastapi import Depends, Response

from app.kit.http.router import api_router
from app.modules.orders.permissions import SEND_ORDERS
from app.modules.orders.routes.order_bodies import draft_of
from app.modules.orders.schemas.order import InboundOrderIn, OrderOut
from app.modules.orders.services.record_inbound_order import record_inbound_order
from app.modules.tenancy.public import StoreVisit, in_store

router = api_router("/store/orders", "Store orders")


@router.post("/inbound", status_code=201, responses={200: {"model": OrderOut}})
def post_inbound(
    body: InboundOrderIn,
    visit: Annotated[StoreVisit, Depends(in_store(SEND_ORDERS))],
    response: Response,
) -> OrderOut:
    """Take in an order once; 200 with the first one when its `external_id` has come before."""
    taken = record_inbound_order(visit.store, external_id=body.external_id, draft=draft_of(body))
    if not taken.is_new:
        response.status_code = 200
    return OrderOut.of(taken.order)
